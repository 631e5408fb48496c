using Microsoft.Extensions.DependencyInjection;
using Nakama.GameLogic;
using Nakama.GameLogic.Functions;
using Nakama.GameLogic.Testing;
using Nakama.Protocol.Api;

namespace Nakama.Tests.Runtime.GameLogic;

/// <summary>The test host for games, which needs no server.</summary>
public sealed class GamesInMemory
{
    [Fact]
    public async Task Functions_and_hooks_are_called_as_on_the_server()
    {
        await using var host = GameTestHost.Start<TestGame>(services => services.AddSingleton<TestGame.Notes>());
        host.Environment["word"] = "memory";
        var anna = new TestSession("anna");

        Assert.Equal("hello", await host.RpcAsync("ECHO", "hello"));
        Assert.Equal($"{anna.UserId}|anna|socket|memory||False", await host.RpcAsync("who", caller: anna));
        var joined = await host.RpcAsync(
            "join", new JoinRequest("hall", 3), TestGameJson.Default.JoinRequest, TestGameJson.Default.JoinResponse, anna);
        Assert.Equal(new JoinResponse("hall", 4), joined);
        var refused = await Assert.ThrowsAsync<GameException>(() => host.RpcAsync("refuse", "7"));
        Assert.Equal(GameErrorCode.PermissionDenied, refused.Code);
        var changed = await host.BeforeAsync(Requests.UpdateAccount, new UpdateAccountRequest { DisplayName = "Anna" }, anna);
        Assert.Equal("Anna of anna", changed!.DisplayName);
        Assert.Null(await host.BeforeAsync(Requests.UpdateAccount, new UpdateAccountRequest { DisplayName = "nothing" }, anna));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => host.RpcAsync("unknown"));
    }

    [Fact]
    public async Task Objects_and_wallets_keep_the_rules_of_the_server()
    {
        await using var host = GameTestHost.Start<TestGame>(services => services.AddSingleton<TestGame.Notes>());
        var anna = await host.AddPlayerAsync("anna");
        var nakama = host.Nakama;

        var ack = Assert.Single(await nakama.Storage.WriteAsync([new("c", "k", """{"a":1}""", anna.UserId)]));
        var stale = await Assert.ThrowsAsync<NakamaException>(() => nakama.Storage.WriteAsync([new("c", "k", "{}", anna.UserId) { Version = "x" }]));
        Assert.Equal(NakamaReasons.StorageVersion, stale.Reason);
        await nakama.Storage.WriteAsync([new("c", "k", """{"a":2}""", anna.UserId) { Version = ack.Version }]);
        Assert.Equal("""{"a":2}""", Assert.Single(await nakama.Storage.ReadAsync([new("c", "k", anna.UserId)])).Value);
        Assert.Equal(5, (await nakama.Wallets.UpdateAsync(anna.UserId, new Dictionary<string, long> { ["coins"] = 5 })).Updated["coins"]);
        await Assert.ThrowsAsync<NakamaException>(() => nakama.Wallets.UpdateAsync(anna.UserId, new Dictionary<string, long> { ["coins"] = -6 }));
        Assert.Equal("anna", (await nakama.Accounts.GetAsync(anna.UserId)).User.Username);
        var missing = Assert.Throws<NotSupportedException>(() => { _ = nakama.Leaderboards.DeleteAsync("l"); });
        Assert.Contains("leaderboard_delete", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_clock_fires_timers_while_it_is_advanced()
    {
        var clock = new SteppedTimeProvider();
        var start = clock.GetUtcNow();
        var fired = new List<double>();
        using var timer = clock.CreateTimer(_ => fired.Add((clock.GetUtcNow() - start).TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(5.5));

        Assert.Equal([1, 3, 5], fired);
        Assert.Equal(5.5, (clock.GetUtcNow() - start).TotalSeconds);
    }
}
