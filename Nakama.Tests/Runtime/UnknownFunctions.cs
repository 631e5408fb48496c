using Microsoft.Extensions.Logging;
using Nakama.Server.Rpc;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>What the log says when a client calls a function that does not exist.</summary>
public sealed class UnknownFunctions : IDisposable
{
    private readonly RpcRegistry _registry = new();
    private readonly CapturedLog _log = new();

    [Fact]
    public void The_registered_ones_are_listed_in_order()
    {
        _registry.Register("win", Nothing);
        _registry.Register("lose", Nothing);

        Assert.Equal("There is no function of the name wln: registered are lose, win", Find("wln"));
    }

    [Fact]
    public void One_that_was_registered_or_removed_later_counts()
    {
        _registry.Register("win", Nothing);
        Find("x");
        _registry.Register("lose", Nothing);
        _registry.Remove("win");

        Assert.Equal("There is no function of the name x: registered are lose", Find("x"));
    }

    [Fact]
    public void Without_any_it_says_so() => Assert.Equal("There is no function of the name x: registered are none", Find("x"));

    [Fact]
    public void Of_very_many_the_first_are_listed()
    {
        for (var i = 0; i < 60; i++) _registry.Register($"f{i:00}", Nothing);

        Assert.EndsWith("f48, f49, …", Find("x"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_is_cut() =>
        Assert.Equal($"There is no function of the name {new string('x', 128)}…: registered are none", Find(new string('x', 1000)));

    [Fact]
    public void One_that_exists_is_not_mentioned()
    {
        _registry.Register("win", Nothing);

        Assert.NotNull(Invoker().Find("WIN"));
        Assert.Empty(_log.Lines);
    }

    public void Dispose() => _log.Dispose();

    private static ValueTask<string?> Nothing(RpcCall call, string payload, CancellationToken cancellationToken) => new((string?)null);

    private RpcInvoker Invoker()
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        return new RpcInvoker(_registry, loggers.CreateLogger<RpcInvoker>());
    }

    private string Find(string id)
    {
        Assert.Null(Invoker().Find(id));
        return _log.Lines.Last().Text;
    }
}
