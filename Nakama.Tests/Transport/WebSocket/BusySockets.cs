using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Api;
using Nakama.Server.Config;
using Nakama.Server.Realtime;
using Nakama.Tests.Chat;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport.WebSocket;

/// <summary>A socket one of whose messages takes its time.</summary>
public sealed class BusySockets
{
    private readonly SlowFunctions _functions = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_answers_pings_of_both_kinds_meanwhile(bool withGate)
    {
        await using var node = await StartAsync(withGate: withGate);
        using var socket = await node.OpenAsync();
        await socket.SendTextAsync("""{"cid":"slow","rpc":{"id":"slow"}}""");
        await _functions.Entered.WaitAsync(TestSocket.Patience);

        await socket.SendFrameAsync(0x89, "still there?"u8.ToArray());
        Assert.Equal((0xA, "still there?"), await ReceiveAsync(socket));
        await socket.SendTextAsync("""{"cid":"1","ping":{}}""");
        Assert.Equal("""{"cid":"1","pong":{}}""", (await ReceiveAsync(socket)).Text);

        _functions.Finish();
        Assert.Equal("slow", (await socket.ReceiveJsonAsync()).Text("cid"));
    }

    [Fact]
    public async Task Everything_but_pings_waits_for_its_turn()
    {
        await using var node = await StartAsync();
        using var socket = await node.OpenAsync();
        await socket.SendTextAsync("""{"cid":"slow","rpc":{"id":"slow"}}""");
        await _functions.Entered.WaitAsync(TestSocket.Patience);

        await socket.SendTextAsync("""{"cid":"2","rpc":{"id":"quick"}}""");
        await socket.SendTextAsync("""{"cid":"3","match_leave":{"match_id":"x"}}""");
        await socket.SendTextAsync("""{"cid":"4","ping":{}}""");
        Assert.Equal("4", (await socket.ReceiveJsonAsync()).Text("cid"));
        _functions.Finish();

        foreach (var cid in (string[])["slow", "2", "3"]) Assert.Equal(cid, (await socket.ReceiveJsonAsync()).Text("cid"));
    }

    [Theory]
    [InlineData("quick", 4)]
    [InlineData("yielding", 4)]
    [InlineData("quick", 1)]
    public async Task A_flood_of_calls_is_answered_in_order_whatever_the_queue_holds(string function, int outgoingQueueSize)
    {
        const int Calls = 2000;
        await using var node = await StartAsync(new NakamaOptions { Socket = new SocketOptions { OutgoingQueueSize = outgoingQueueSize } });
        using var socket = await node.OpenAsync();
        var flood = Enumerable.Range(0, Calls).SelectMany(i => Call(i, function)).ToArray();

        var sending = socket.SendBytesAsync(flood);

        for (var i = 0; i < Calls; i++) Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), (await socket.ReceiveJsonAsync()).Text("cid"));
        await sending;
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task A_flood_of_pings_is_answered_in_order_whatever_the_queue_holds(int outgoingQueueSize)
    {
        const int Pings = 2000;
        await using var node = await StartAsync(new NakamaOptions { Socket = new SocketOptions { OutgoingQueueSize = outgoingQueueSize } });
        using var socket = await node.OpenAsync();
        var flood = Enumerable.Range(0, Pings)
            .SelectMany(i => RawSocket.Frame(0x81, Encoding.UTF8.GetBytes($$$"""{"cid":"{{{i}}}","ping":{}}"""))).ToArray();

        var sending = socket.SendBytesAsync(flood);

        for (var i = 0; i < Pings; i++) Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), (await socket.ReceiveJsonAsync()).Text("cid"));
        await sending;
    }

    [Fact]
    public async Task A_flood_behind_a_slow_call_is_no_silence()
    {
        await using var node = await StartAsync();
        var user = Guid.NewGuid();
        using var socket = await node.OpenAsync(user);
        await socket.SendTextAsync("""{"cid":"slow","rpc":{"id":"slow"}}""");
        await _functions.Entered.WaitAsync(TestSocket.Patience);
        var flood = Enumerable.Range(0, 2 * SessionInbox.MaxWaiting).SelectMany(i => Call(i, "quick")).ToArray();
        await socket.SendBytesAsync(flood);
        // Once the inbox holds the reader, pings are not answered any more.
        await SocketNode.UntilAsync(() => node.SessionOf(user) is Nakama.Server.Transport.WebSocket.WebSocketSession { IsHolding: true });

        for (var i = 0; i < 5; i++) node.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.False(node.SessionOf(user).IsClosing);
        _functions.Finish();

        var cids = new List<string>();
        while (cids.Count < (2 * SessionInbox.MaxWaiting) + 1)
        {
            var frame = (await socket.ReceiveAsync())!;
            if (frame.Opcode == 1) cids.Add(frame.Json.Text("cid"));
        }

        Assert.Equal(["slow", .. Enumerable.Range(0, 2 * SessionInbox.MaxWaiting).Select(i => $"{i}")], cids);
    }

    [Fact]
    public async Task What_a_client_sent_before_it_left_is_done()
    {
        await using var node = await StartAsync();
        using var socket = await node.OpenAsync();
        await socket.SendTextAsync("""{"rpc":{"id":"slow"}}""");
        await _functions.Entered.WaitAsync(TestSocket.Patience);
        await socket.SendTextAsync("""{"rpc":{"id":"last"}}""");
        await socket.SendFrameAsync(0x88, [0x03, 0xE8]);

        _functions.Finish();

        Assert.Equal("last", await _functions.Last.WaitAsync(TestSocket.Patience));
        Assert.False(_functions.WasCancelled);
    }

    [Fact]
    public async Task A_close_by_the_server_ends_what_runs_and_drops_what_waits()
    {
        await using var node = await StartAsync();
        var user = Guid.NewGuid();
        using var socket = await node.OpenAsync(user);
        await socket.SendTextAsync("""{"cid":"slow","rpc":{"id":"slow"}}""");
        await _functions.Entered.WaitAsync(TestSocket.Patience);
        await socket.SendTextAsync("""{"rpc":{"id":"last"}}""");

        node.SessionOf(user).Close(Nakama.Server.Sessions.SessionClose.ServerSide);

        Assert.Equal(0x8, (await ReceiveAsync(socket)).Opcode);
        await SocketNode.UntilAsync(() => _functions.WasCancelled);
        Assert.False(_functions.Last.IsCompleted);
    }

    private static byte[] Call(int cid, string function) =>
        RawSocket.Frame(0x81, Encoding.UTF8.GetBytes($"{{\"cid\":\"{cid}\",\"rpc\":{{\"id\":\"{function}\"}}}}"));

    private static async Task<(int Opcode, string Text)> ReceiveAsync(RawSocket socket)
    {
        var frame = (await socket.ReceiveAsync())!;
        return (frame.Opcode & 0xF, frame.Text);
    }

    private Task<SocketNode> StartAsync(NakamaOptions? options = null, bool withGate = true) =>
        SocketNode.StartAsync(options, withGate, services => services.AddSingleton<IRealtimeFeature>(_functions));

    /// <summary>One call takes until it is let go, another yields, the others end at once.</summary>
    private sealed class SlowFunctions : IRealtimeFeature
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<string> _last = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public Task<string> Last => _last.Task;

        public bool WasCancelled { get; private set; }

        public void Finish() => _finished.SetResult();

        public void Map(RealtimeMap realtime)
        {
            realtime.Map(Envelope.MessageOneofCase.MatchLeave, static (_, _, _) => new(new Envelope()));
            realtime.Map(Envelope.MessageOneofCase.Rpc, (_, request, cancellationToken) => request.Rpc.Id switch
            {
                "slow" => WaitAsync(cancellationToken),
                "yielding" => YieldAsync(),
                "last" => Note(request.Rpc.Id),
                _ => new(Answer()),
            });
        }

        private static Envelope Answer() => new() { Rpc = new Nakama.Protocol.Api.Rpc { Id = "x" } };

        private static async ValueTask<Envelope?> YieldAsync()
        {
            await Task.Yield();
            return Answer();
        }

        private async ValueTask<Envelope?> WaitAsync(CancellationToken cancellationToken)
        {
            _entered.TrySetResult();
            try
            {
                await _finished.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                WasCancelled = true;
                throw;
            }

            return Answer();
        }

        private ValueTask<Envelope?> Note(string id)
        {
            _last.TrySetResult(id);
            return new(Answer());
        }
    }
}
