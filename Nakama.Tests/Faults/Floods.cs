using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Realtime;
using Nakama.Server.Rpc;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using TcpSocket = System.Net.Sockets.Socket;

namespace Nakama.Tests.Faults;

/// <summary>
/// Clients that send faster than the node processes: excess data stays at the client and uses no memory of the node.
/// </summary>
public sealed class Floods(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const char End = '\u001e';

    /// <summary>More than the buffers of both operating systems and of the node hold, less than a flood.</summary>
    private const int EnoughBytes = 32 << 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_busy_session_cannot_take_waits_at_the_client(bool withGate)
    {
        var busy = new BusyFeature();
        await using var node = await SocketNode.StartAsync(withGate: withGate, configure: services => services.AddSingleton<IRealtimeFeature>(busy));
        using var socket = await node.OpenAsync();
        await socket.SendTextAsync("{\"rpc\":{\"id\":\"wait\"}}");
        await busy.Entered.WaitAsync(TestSocket.Patience);

        var frame = RawSocket.Frame(0x81, "{\"pong\":{}}"u8.ToArray());
        byte[] batch = [.. Enumerable.Repeat(frame, 4096).SelectMany(bytes => bytes)];
        var sent = await FillAsync(socket.Socket, batch);
        busy.Finish();
        await socket.SendBytesAsync(batch[(int)(sent % batch.Length)..]);
        await socket.SendTextAsync("{\"cid\":\"end\",\"ping\":{}}");

        Assert.InRange(sent, 1, EnoughBytes);
        while (!(await socket.ReceiveJsonAsync()).TryGetProperty("cid", out _))
        {
            // The response to the first precedes it.
        }
    }

    [Fact]
    public async Task A_hundred_thousand_calls_of_one_hub_client_are_made_in_turn_and_the_others_are_served()
    {
        const int Batches = 100;
        const int InBatch = 1000;
        var server = fixture.Server;
        await using var witness = await server.OpenSocketAsync(await server.AuthenticateAsync());
        using var flood = await RawSocket.OpenAsync(server.Port, $"/signalr?access_token={(await server.AuthenticateAsync()).Token}");
        await flood.SendTextAsync("{\"protocol\":\"json\",\"version\":1}" + End);
        await flood.ReceiveAsync();
        var frame = RawSocket.Frame(0x81, Encoding.UTF8.GetBytes("{\"type\":1,\"target\":\"Ping\",\"arguments\":[]}" + End));
        byte[] batch = [.. Enumerable.Repeat(frame, InBatch).SelectMany(bytes => bytes)];

        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Batches; i++) await flood.SendBytesAsync(batch);
            await flood.SendTextAsync("{\"type\":1,\"invocationId\":\"end\",\"target\":\"Ping\",\"arguments\":[]}" + End);
        });
        for (var i = 0; i < 20; i++) Assert.True((await witness.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
        await sending;

        while (!(await flood.ReceiveAsync())!.Text.Contains("\"end\"", StringComparison.Ordinal))
        {
            // The hub's own pings.
        }
    }

    [Fact]
    public async Task What_a_busy_hub_client_sends_meanwhile_waits_at_the_client()
    {
        var server = fixture.Server;
        var (entered, finished) = (new TaskCompletionSource(), new TaskCompletionSource());
        var function = Unique.Name("wait");
        server.Services.GetRequiredService<RpcRegistry>().Register(function, async (_, _, _) =>
        {
            entered.SetResult();
            await finished.Task;
            return "";
        });
        using var flood = await RawSocket.OpenAsync(server.Port, $"/signalr?access_token={(await server.AuthenticateAsync()).Token}");
        await flood.SendTextAsync("{\"protocol\":\"json\",\"version\":1}" + End);
        await flood.ReceiveAsync();
        await flood.SendTextAsync($$"""{"type":1,"invocationId":"first","target":"Rpc","arguments":["{{function}}",null]}""" + End);
        await entered.Task.WaitAsync(TestSocket.Patience);

        var frame = RawSocket.Frame(0x81, Encoding.UTF8.GetBytes("{\"type\":1,\"target\":\"Ping\",\"arguments\":[]}" + End));
        byte[] batch = [.. Enumerable.Repeat(frame, 4096).SelectMany(bytes => bytes)];
        var sent = await FillAsync(flood.Socket, batch);
        finished.SetResult();
        await flood.SendBytesAsync(batch[(int)(sent % batch.Length)..]);
        await flood.SendTextAsync("{\"type\":1,\"invocationId\":\"end\",\"target\":\"Ping\",\"arguments\":[]}" + End);

        Assert.InRange(sent, 1, EnoughBytes);
        while (!(await flood.ReceiveAsync())!.Text.Contains("\"end\"", StringComparison.Ordinal))
        {
            // The response to the first precedes it.
        }
    }

    /// <summary>Sends until no more data is accepted for a while; returns the number of bytes.</summary>
    private static async Task<long> FillAsync(TcpSocket socket, byte[] batch)
    {
        var sent = 0L;
        socket.Blocking = false;
        for (var refusals = 0; refusals < 20 && sent <= EnoughBytes;)
        {
            sent += Math.Max(socket.Send(batch.AsSpan((int)(sent % batch.Length)), SocketFlags.None, out var error), 0);
            refusals = error == SocketError.WouldBlock ? refusals + 1 : 0;
            if (refusals > 0) await Task.Delay(20);
        }
        socket.Blocking = true;
        return sent;
    }

    /// <summary>Function calls block until they are released.</summary>
    private sealed class BusyFeature : IRealtimeFeature
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public void Finish() => _finished.SetResult();

        public void Map(RealtimeMap realtime) => realtime.Map(Envelope.MessageOneofCase.Rpc, async (_, _, _) =>
        {
            _entered.SetResult();
            await _finished.Task;
            return new Envelope { Rpc = new Nakama.Protocol.Api.Rpc { Id = "wait" } };
        });
    }
}
