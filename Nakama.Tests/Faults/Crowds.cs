using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>Many concurrent sockets, and the resources that they leave behind.</summary>
public sealed class Crowds
{
    private const int Sockets = 1000;
    private const int Rooms = 25;
    private const int AtOnce = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_thousand_that_join_leave_and_vanish_leave_no_presence()
    {
        await using var server = await TestServer.StartAsync(options => options with { Session = options.Session with { TokenExpirySec = 3600 } });
        var presences = server.Services.GetRequiredService<PresenceTracker>();
        var sessions = server.Services.GetRequiredService<SessionRegistry>();
        TestPlayer[] players = [.. await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.AuthenticateAsync()))];
        var rooms = Enumerable.Range(0, Rooms).Select(_ => Unique.Name("room")).ToArray();

        var peak = 0;
        for (var first = 0; first < Sockets; first += AtOnce)
        {
            var crowd = await Task.WhenAll(Enumerable.Range(first, AtOnce).Select(i => EnterAsync(server, players[i % players.Length], rooms[i % Rooms])));
            peak = Math.Max(peak, presences.Count);
            // Some close the socket, some leave first, the others disconnect without a close.
            await Task.WhenAll(crowd.Select((one, i) => LeaveAsync(one.Socket, one.Channel, i % 3)));
        }

        Assert.True(peak >= AtOnce, $"never more than {peak} presences");
        using var timeout = new CancellationTokenSource(Patience);
        while (presences.Count > 0 || sessions.Count > 0) await Task.Delay(20, timeout.Token);
        await using var late = await server.OpenSocketAsync(players[0]);
        foreach (var room in rooms)
        {
            var joined = await late.AskAsync(Join(room));
            Assert.False(joined.GetProperty("channel").TryGetProperty("presences", out var others) && others.GetArrayLength() > 0);
        }
    }

    private static string Join(string room) => $$"""
        "channel_join":{"target":"{{room}}","type":1,"persistence":false,"hidden":false}
        """;

    private static async Task<(TestSocket Socket, string Channel)> EnterAsync(TestServer server, TestPlayer player, string room)
    {
        var socket = await server.OpenSocketAsync(player, status: true);
        var joined = await socket.AskAsync(Join(room));
        return (socket, joined.GetProperty("channel").GetProperty("id").GetString()!);
    }

    private static async Task LeaveAsync(TestSocket socket, string channel, int way)
    {
        if (way == 0)
        {
            await socket.AskAsync($$"""
                "channel_leave":{"channel_id":"{{channel}}"}
                """);
        }

        if (way == 1) await socket.CloseAsync();
        await socket.DisposeAsync();
    }
}
