using System.Text;
using Nakama.Server.Errors;
using Nakama.Server.Security;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Security;

public sealed class PasswordAttemptsTests
{
    private const string Attacker = "203.0.113.1";
    private const string Owner = "203.0.113.2";

    // Cheap, as what is counted here does not depend on the cost.
    private static readonly byte[] Hash = Bcrypt.Hash(Encoding.UTF8.GetBytes("right password"), cost: 4);

    private readonly TestTimeProvider _clock = new();
    private readonly PasswordAttempts _attempts;

    public PasswordAttemptsTests() => _attempts = new(new PasswordHasher(new(), _clock), _clock);

    [Fact]
    public async Task Five_wrong_passwords_end_the_attempts_of_an_address_at_an_account_but_not_those_of_its_owner()
    {
        var account = Guid.NewGuid();
        for (var i = 0; i < PasswordAttempts.MaxPerAccount; i++) Assert.False(await TryAsync(account, "wrong password", Attacker));

        await RefusedAsync(account, "right password", Attacker);

        Assert.True(await TryAsync(account, "right password", Owner));
        Assert.True(await TryAsync(Guid.NewGuid(), "right password", Attacker));
    }

    [Fact]
    public async Task Many_wrong_passwords_end_the_attempts_of_an_address_at_every_account()
    {
        for (var i = 0; i < PasswordAttempts.MaxPerAddress; i++) Assert.False(await TryAsync(Guid.NewGuid(), "wrong password", Attacker));

        await RefusedAsync(Guid.NewGuid(), "right password", Attacker);
        Assert.True(await TryAsync(Guid.NewGuid(), "right password", Owner));

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await TryAsync(Guid.NewGuid(), "right password", Attacker));
    }

    [Fact]
    public async Task Right_passwords_are_not_counted()
    {
        var account = Guid.NewGuid();
        for (var i = 0; i < 2 * PasswordAttempts.MaxPerAccount; i++) Assert.True(await TryAsync(account, "right password", Owner));
    }

    [Fact]
    public async Task A_network_of_the_sixth_version_counts_as_one_address()
    {
        var account = Guid.NewGuid();
        for (var i = 0; i < PasswordAttempts.MaxPerAccount; i++) Assert.False(await TryAsync(account, "wrong password", $"2001:db8::{i + 1}"));

        await RefusedAsync(account, "right password", "2001:db8::ffff:1");
        Assert.True(await TryAsync(account, "right password", "2001:db8:0:1::1"));
    }

    [Fact]
    public async Task Whoever_was_wrong_often_comes_last()
    {
        for (var i = 0; i <= PasswordAttempts.ComesLastAfter; i++) await TryAsync(Guid.NewGuid(), "wrong password", Attacker);

        Assert.True(_attempts.Caller(new(Attacker)).ComesLast);
        Assert.False(_attempts.Caller(new(Owner)).ComesLast);
    }

    [Fact]
    public async Task Behind_a_peer_that_nobody_vouches_for_only_attempts_at_an_account_are_counted()
    {
        var account = Guid.NewGuid();
        for (var i = 0; i < PasswordAttempts.MaxPerAccount; i++) Assert.False(await TryAsync(account, "wrong password", new ClientOrigin($"198.51.100.{i}", "10.0.0.1")));

        await Assert.ThrowsAsync<ApiException>(() => TryAsync(account, "right password", new ClientOrigin("198.51.100.77", "10.0.0.1")));
        for (var i = 0; i <= PasswordAttempts.MaxPerAddress; i++) Assert.False(await TryAsync(Guid.NewGuid(), "wrong password", new ClientOrigin(Attacker, "10.0.0.1")));
        Assert.False(_attempts.Caller(new(Attacker, "10.0.0.1")).ComesLast);
        Assert.True(await TryAsync(account, "right password", Owner));
        Assert.True(await TryAsync(account, "right password", new ClientOrigin("198.51.100.1", "10.0.0.2")));
    }

    [Fact]
    public async Task An_account_without_a_password_has_no_right_one()
    {
        Assert.False(await _attempts.IsRightAsync(Guid.NewGuid(), "right password", null, new(Owner), CancellationToken.None));
        Assert.False(await _attempts.IsRightAsync(Guid.NewGuid(), "right password", [], ClientOrigin.Node, CancellationToken.None));
    }

    private Task<bool> TryAsync(Guid account, string password, string clientIp) => TryAsync(account, password, new ClientOrigin(clientIp));

    private async Task<bool> TryAsync(Guid account, string password, ClientOrigin client) =>
        await _attempts.IsRightAsync(account, password, Hash, client, CancellationToken.None);

    private async Task RefusedAsync(Guid account, string password, string clientIp) =>
        Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<ApiException>(() => TryAsync(account, password, clientIp))).Status);
}
