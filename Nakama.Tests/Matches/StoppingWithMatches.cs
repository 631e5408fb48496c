using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nakama.Server.Lifecycle;
using Nakama.Server.Matches;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Matches;

/// <summary>What a node that stops with a grace period does for its matches.</summary>
public sealed class StoppingWithMatches
{
    [Fact]
    public async Task Members_may_come_back_until_their_match_ends_and_nobody_else_may_come()
    {
        await using var server = await TestServer.StartAsync(static options => options with { ShutdownGraceSec = 120 });
        var match = await server.Services.GetRequiredService<MatchRegistry>().BeginAsync(new TestMatch());
        var (anna, eve) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
        var join = $$""" "match_join":{"match_id":"{{match.Id}}"} """;
        await using var first = await server.OpenSocketAsync(anna);
        await first.AskAsync(join);

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var stopping = server.StopAsync();
        await SocketNode.UntilAsync(() => match.Story[^1].StartsWith("terminate", StringComparison.Ordinal));
        Assert.EndsWith(" 120", match.Story[^1], StringComparison.Ordinal);
        Assert.Equal(NodePhase.Draining, server.Services.GetRequiredService<NodeLifecycle>().Phase);
        await first.DisposeAsync();
        await SocketNode.UntilAsync(() => match.Story[^1].StartsWith("leave", StringComparison.Ordinal));

        await using var second = await server.OpenSocketAsync(anna);
        Assert.True((await second.AskAsync(join)).TryGetProperty("match", out _));
        await Assert.ThrowsAsync<WebSocketException>(() => server.OpenSocketAsync(eve));

        match.OnLoop = static _ => new(false);
        await stopping;
        Assert.True(match.IsReleased);
    }
}
