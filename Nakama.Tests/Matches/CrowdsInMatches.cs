using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Api;
using Nakama.Server.Config;
using Nakama.Server.Matches;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Matches;

/// <summary>Players on real sockets who do not read, or who send without end.</summary>
public sealed class CrowdsInMatches
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_player_who_does_not_read_is_cut_off_and_the_others_miss_nothing()
    {
        await using var node = await StartAsync();
        await using var anna = await OpenAsync(node, "anna");
        await using var ben = await OpenAsync(node, "ben");
        using var slow = await RawSocket.OpenAsync(node.Port, $"/ws?token={node.TokenOf(Guid.NewGuid(), "slow")}");
        slow.Socket.ReceiveBufferSize = 4096;
        var id = await BeginAsync(anna);
        await ben.AskAsync(Join(id));
        await slow.SendTextAsync("{" + Join(id) + "}");
        while (!(await anna.ReceiveAsync("match_presence_event")).GetRawText().Contains("\"slow\"", StringComparison.Ordinal))
        {
            // The others come first, or with it.
        }

        // One after the other, so that whoever reads keeps up.
        var data = Data(id, 3000);
        var wasTold = false;
        var sent = 0;
        for (; !wasTold && sent < 20_000; sent++)
        {
            await anna.SendAsync(data, WebSocketMessageType.Text);
            while (true)
            {
                var envelope = await ben.ReceiveAsync();
                if (envelope.TryGetProperty("match_data", out _)) break;
                if (envelope.TryGetProperty("match_presence_event", out var change)) wasTold |= change.TryGetProperty("leaves", out _);
            }
        }

        Assert.True(wasTold, $"still there after {sent} messages");
        Assert.True((await anna.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
        Assert.Equal(2, node.Sessions.Count);
    }

    [Fact]
    public async Task A_hundred_thousand_messages_of_one_socket_are_handled_in_turn_and_wait_nowhere()
    {
        const int Batches = 100;
        const int InBatch = 1000;
        await using var node = await StartAsync(new NakamaOptions { Socket = new SocketOptions { OutgoingQueueSize = 64 } });
        await using var other = await OpenAsync(node, "other");
        await using var listener = await OpenAsync(node, "listener");
        using var flood = await RawSocket.OpenAsync(node.Port, $"/ws?token={node.TokenOf(Guid.NewGuid(), "flood")}");
        var id = await BeginAsync(listener);
        await flood.SendTextAsync("{" + Join(id) + "}");
        while (!(await flood.ReceiveJsonAsync()).TryGetProperty("match", out _))
        {
            // Its own arrival may come first.
        }
        var frame = RawSocket.Frame(0x81, Data(id, 64));
        byte[] batch = [.. Enumerable.Repeat(frame, InBatch).SelectMany(bytes => bytes)];

        // The listener never reads: what cannot go out ends its session and waits no longer.
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Batches; i++) await flood.SendBytesAsync(batch);
            await flood.SendTextAsync("{\"cid\":\"end\",\"ping\":{}}");
        });
        for (var i = 0; i < 20; i++) Assert.True((await other.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
        await sending.WaitAsync(Patience);
        while (true)
        {
            var answer = await flood.ReceiveJsonAsync();
            if (answer.TryGetProperty("cid", out var cid) && cid.GetString() == "end") break;
        }

        await SocketNode.UntilAsync(() => node.Sessions.Count == 2);
    }

    private static Task<SocketNode> StartAsync(NakamaOptions? options = null) => SocketNode.StartAsync(options, configure: services =>
        services.AddSingleton(new MatchOptions()).AddMatches());

    private static Task<TestSocket> OpenAsync(SocketNode node, string username) =>
        TestSocket.OpenAsync(new Uri($"ws://127.0.0.1:{node.Port}/ws?token={node.TokenOf(Guid.NewGuid(), username)}"));

    private static async Task<string> BeginAsync(TestSocket socket) =>
        (await socket.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString()!;

    private static string Join(string id) => $$"""
        "match_join":{"match_id":"{{id}}"}
        """;

    private static byte[] Data(string id, int bytes) => Encoding.UTF8.GetBytes(
        "{\"match_data_send\":{\"match_id\":\"" + id + "\",\"op_code\":\"1\",\"data\":\"" + Convert.ToBase64String(new byte[bytes / 4 * 3]) + "\"}}");
}
