using Nakama.GameLogic.Testing;

namespace MyGame.Tests;

public sealed class CountingMessages
{
    [Fact]
    public async Task A_player_is_greeted()
    {
        await using var host = GameTestHost.Start<GameModule>();

        Assert.Equal("Hello, anna.", await host.RpcAsync("hello", caller: new TestSession("anna")));
    }

    [Fact]
    public async Task Everybody_hears_the_count()
    {
        await using var host = GameTestHost.Start<GameModule>();
        var (anna, ben) = (new TestSession("anna"), new TestSession("ben"));
        var match = await host.CreateMatchAsync("counter");
        await match.JoinAsync(anna);
        await match.JoinAsync(ben);

        match.Send(anna, 1, "");
        match.Send(ben, 1, "");
        await match.TickAsync(10);

        Assert.Equal("2", Assert.Single(ben.Received).Text);
    }
}
