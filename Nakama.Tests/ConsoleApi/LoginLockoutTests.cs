using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Errors;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class LoginLockoutTests
{
    private const string Home = "203.0.113.1";

    private readonly TestTimeProvider _clock = new();
    private readonly LoginLockout _lockout;

    public LoginLockoutTests() => _lockout = new(_clock, NullLogger<LoginLockout>.Instance);

    [Fact]
    public void A_name_is_locked_only_at_the_address_that_failed()
    {
        Fail("admin", "203.0.113.9", 5);

        Assert.Throws<ApiException>(() => _lockout.Check("admin", new("203.0.113.9")));
        _lockout.Check("admin", new(Home));
        _lockout.Check("other", new("203.0.113.9"));

        _clock.Advance(TimeSpan.FromSeconds(60));
        _lockout.Check("admin", new("203.0.113.9"));
    }

    [Fact]
    public void Guessing_from_many_addresses_is_bounded_and_does_not_keep_out_the_operator()
    {
        _lockout.Succeeded("admin", new(Home));
        for (var i = 0; i < LoginLockout.MaxFailuresOfName; i++) Fail("admin", $"198.51.100.{i}", 1);

        Assert.Throws<ApiException>(() => _lockout.Check("admin", new("198.51.100.200")));
        _lockout.Check("admin", new(Home));

        _clock.Advance(TimeSpan.FromMinutes(2));
        _lockout.Check("admin", new("198.51.100.200"));
    }

    [Fact]
    public void What_is_noted_is_bounded()
    {
        for (var i = 0; i < LoginLockout.MaxEntries + 100; i++) Fail("admin", $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}", 1);

        Assert.InRange(_lockout.Count, 1, LoginLockout.MaxEntries);
    }

    private void Fail(string name, string address, int times)
    {
        for (var i = 0; i < times; i++) _lockout.Failed(name, new(address), isRoot: true);
    }
}
