using System.Globalization;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Sdk;

/// <summary>The official clients look for opponents, on a node that makes matches every second.</summary>
public sealed class Matchmaking(Matchmaking.QuickServer quick) : IClassFixture<Matchmaking.QuickServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("json")]
    [InlineData("protobuf")]
    public async Task The_JavaScript_client_finds_an_opponent(string format) => Assert.Contains(
        "done", await NodeScripts.RunAsync("matchmaker.mjs", quick.Server.Port.ToString(CultureInfo.InvariantCulture), format), StringComparison.Ordinal);

    [Fact]
    public async Task The_DotNet_client_finds_an_opponent_and_both_join_the_match()
    {
        var (anna, annas) = await ConnectAsync();
        var (ben, bens) = await ConnectAsync();
        var mode = Unique.Name("mode");
        var (hers, his) = (new TaskCompletionSource<IMatchmakerMatched>(), new TaskCompletionSource<IMatchmakerMatched>());
        annas.ReceivedMatchmakerMatched += hers.SetResult;
        bens.ReceivedMatchmakerMatched += his.SetResult;

        var unwanted = await annas.AddMatchmakerAsync("*", 2, 2);
        await annas.RemoveMatchmakerAsync(unwanted);
        foreach (var socket in (ISocket[])[annas, bens])
            await socket.AddMatchmakerAsync($"+properties.mode:{mode}", 2, 2, new() { ["mode"] = mode }, new() { ["skill"] = 3.5 });
        var (annasMatched, bensMatched) = (await hers.Task.WaitAsync(Patience), await his.Task.WaitAsync(Patience));
        var match = await annas.JoinMatchAsync(annasMatched);
        var bensMatch = await bens.JoinMatchAsync(bensMatched);

        Assert.Equal(match.Id, bensMatch.Id);
        Assert.Equal(anna.UserId, Assert.Single(bensMatch.Presences).UserId);
        Assert.Equal(new[] { anna.UserId, ben.UserId }.Order(), annasMatched.Users.Select(user => user.Presence.UserId).Order());
        Assert.Equal(3.5, bensMatched.Self.NumericProperties["skill"]);
        await annas.CloseAsync();
        await bens.CloseAsync();
    }

    private async Task<(ISession Session, ISocket Socket)> ConnectAsync()
    {
        var client = quick.Server.Client();
        var session = await client.AuthenticateDeviceAsync(Unique.Id());
        var socket = Socket.From(client);
        await socket.ConnectAsync(session, appearOnline: true);
        return (session, socket);
    }

    public sealed class QuickServer : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Server = await TestServer.StartAsync(options => options with { Matchmaker = options.Matchmaker with { IntervalSec = 1 } });

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
