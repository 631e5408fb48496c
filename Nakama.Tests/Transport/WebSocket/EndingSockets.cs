using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Api;
using Nakama.Server.Config;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Tests.Realtime;
using NodeSession = Nakama.Server.Sessions.Session;

namespace Nakama.Tests.Transport.WebSocket;

public sealed class EndingSockets
{
    private static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_silent_client_is_pinged_once_and_then_closed()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();
        await OpenedAsync(node);

        node.Clock.Advance(PingPeriod + Step);
        var ping = await socket.ReceiveAsync();
        Assert.Equal((9, 0), (ping!.Opcode, ping.Payload.Length));

        node.Clock.Advance(TimeSpan.FromSeconds(10));
        var close = await socket.ReceiveAsync();
        Assert.Equal((8, 1000), (close!.Opcode, close.CloseCode));
        Assert.EndsWith("i/o timeout", close.CloseText, StringComparison.Ordinal);
        await SocketNode.UntilAsync(() => node.Sessions.Count == 0);
    }

    [Fact]
    public async Task A_client_that_answers_its_pings_lives_on_and_is_pinged_again()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();
        await OpenedAsync(node);

        for (var i = 0; i < 5; i++)
        {
            node.Clock.Advance(PingPeriod + Step);
            Assert.Equal(9, (await socket.ReceiveAsync())!.Opcode);
            await socket.SendFrameAsync(0x8A, []);
            await RoundTripAsync(socket);
        }

        Assert.Equal(1, node.Sessions.Count);
    }

    [Fact]
    public async Task Messages_below_the_threshold_do_not_count_as_a_sign_of_life()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();
        await OpenedAsync(node);

        for (var i = 0; i < 19; i++) await RoundTripAsync(socket);
        node.Clock.Advance(TimeSpan.FromSeconds(26));

        Assert.Equal(8, (await NextOfAsync(socket, 8)).Opcode);
    }

    [Fact]
    public async Task Each_twentieth_message_postpones_ping_and_deadline()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();
        await OpenedAsync(node);

        node.Clock.Advance(TimeSpan.FromSeconds(14));
        for (var i = 0; i < 20; i++) await RoundTripAsync(socket);
        node.Clock.Advance(TimeSpan.FromSeconds(14));
        await RoundTripAsync(socket);

        node.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(9, (await socket.ReceiveAsync())!.Opcode);
    }

    [Fact]
    public async Task A_client_that_vanished_without_a_word_is_noticed_by_the_clock()
    {
        await using var node = await SocketNode.StartAsync();
        var user = Guid.NewGuid();
        using var socket = await node.OpenAsync(user, "&status=true");
        await SocketNode.UntilAsync(() => node.Tracker.IsOnline(user));

        node.Clock.Advance(TimeSpan.FromSeconds(26));
        await SocketNode.UntilAsync(() => node.Sessions.Count == 0 && node.Tracker.Count == 0);
        // Nobody answers the close frame; the connection goes all the same.
        node.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.False(node.Tracker.IsOnline(user));
        await socket.ReceiveEndAsync();
        await SocketNode.UntilAsync(() => node.Wheel.Count == 0);
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_the_session()
    {
        await using var node = await SocketNode.StartAsync();
        using (var socket = await node.OpenAsync())
        {
            await OpenedAsync(node);
            socket.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        }

        await SocketNode.UntilAsync(() => node.Sessions.Count == 0 && node.Tracker.Count == 0);
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_is_cut_off_and_others_get_everything()
    {
        await using var node = await SocketNode.StartAsync();
        var (slowUser, fastUser) = (Guid.NewGuid(), Guid.NewGuid());
        using var slow = await node.OpenAsync(slowUser);
        using var fast = await node.OpenAsync(fastUser);
        await SocketNode.UntilAsync(() => node.Sessions.Count == 2);
        var stream = new StreamId(77, Guid.NewGuid());
        foreach (var user in (Guid[])[slowUser, fastUser])
            node.Tracker.Track(node.SessionOf(user), stream, new PresenceMeta(Hidden: true, Persistence: false, ""), out _);
        var data = new string('x', 100_000);

        var sent = 0;
        while (node.Sessions.OfUser(slowUser).Count > 0)
        {
            Assert.True(sent < 5000, "The slow reader was never cut off.");
            node.Router.SendToStream(stream, new Envelope { StreamData = new StreamData { Data = data } });
            sent++;
            Assert.Equal(100_000, (await fast.ReceiveJsonAsync()).GetProperty("stream_data").GetProperty("data").GetString()!.Length);
        }

        Assert.Equal(1, node.Sessions.Count);
        node.Clock.Advance(TimeSpan.FromSeconds(3));
        await slow.ReceiveEndAsync();
    }

    [Fact]
    public async Task A_full_queue_closes_with_a_text()
    {
        await using var node = await SocketNode.StartAsync(new NakamaOptions { Socket = new SocketOptions { OutgoingQueueSize = 4 } });
        var user = Guid.NewGuid();
        using var socket = await node.OpenAsync(user);
        await OpenedAsync(node);
        var session = node.SessionOf(user);
        var payload = new EncodedMessage(new Envelope { StreamData = new StreamData { Data = new string('x', 100_000) } });

        while (session.TrySend(payload))
        {
        }
        var close = await socket.ReceiveCloseAsync();

        Assert.Equal((1000, "session outgoing queue full"), (close.CloseCode, close.CloseText));
        await SocketNode.UntilAsync(() => node.Sessions.Count == 0);
    }

    [Fact]
    public async Task A_close_by_the_server_comes_with_the_last_words_and_ends_with_the_answer()
    {
        await using var node = await SocketNode.StartAsync();
        var user = Guid.NewGuid();
        using var socket = await node.OpenAsync(user);
        await OpenedAsync(node);

        node.Sessions.DisconnectUser(user, Guid.Empty, CloseNotifications.Banned(node.Clock));

        var notification = (await socket.ReceiveJsonAsync()).GetProperty("notifications").GetProperty("notifications")[0];
        Assert.Equal(("banned", -8), (notification.GetProperty("subject").GetString(), notification.GetProperty("code").GetInt32()));
        Assert.Equal("server-side session disconnect", (await socket.ReceiveCloseAsync()).CloseText);
        await socket.SendFrameAsync(0x88, [0x03, 0xE8]);
        Assert.True(await socket.ReceiveEndAsync());
    }

    [Fact]
    public async Task A_client_that_never_answers_the_close_is_dropped_after_a_while()
    {
        await using var node = await SocketNode.StartAsync();
        var user = Guid.NewGuid();
        using var socket = await node.OpenAsync(user);
        await OpenedAsync(node);

        node.Sessions.DisconnectUser(user, Guid.Empty);
        await socket.ReceiveCloseAsync();
        Assert.Equal(1, node.Wheel.Count);
        node.Clock.Advance(TimeSpan.FromSeconds(3));

        await socket.ReceiveEndAsync();
        await SocketNode.UntilAsync(() => node.Wheel.Count == 0);
    }

    [Fact]
    public async Task With_single_socket_the_newer_connection_ends_the_older()
    {
        await using var node = await SocketNode.StartAsync(new NakamaOptions { Session = new SessionOptions { SingleSocket = true } });
        var user = Guid.NewGuid();
        using var older = await node.OpenAsync(user);
        await OpenedAsync(node);

        using var newer = await node.OpenAsync(user);

        var notification = (await older.ReceiveJsonAsync()).GetProperty("notifications").GetProperty("notifications")[0];
        Assert.Equal(("single_socket", -7), (notification.GetProperty("subject").GetString(), notification.GetProperty("code").GetInt32()));
        Assert.Equal("server-side session disconnect", (await older.ReceiveCloseAsync()).CloseText);
        await RoundTripAsync(newer);
    }

    [Fact]
    public async Task Listeners_hear_of_an_end_once_and_in_their_order()
    {
        var heard = new List<string>();
        await using var node = await SocketNode.StartAsync(configure: services => services
            .AddSingleton<ISessionListener>(new Listener(SessionStage.Watchers, heard))
            .AddSingleton<ISessionListener>(new Listener(SessionStage.Follows, heard))
            .AddSingleton<ISessionListener>(new Listener(SessionStage.Tickets, heard)));
        var user = Guid.NewGuid();
        using var socket = await node.OpenAsync(user);
        await OpenedAsync(node);
        var session = node.SessionOf(user);

        Parallel.For(0, 8, _ => session.Close(SessionClose.ServerSide));
        await socket.ReceiveCloseAsync();
        socket.Dispose();

        await SocketNode.UntilAsync(() => heard.Count == 9);
        Assert.Equal(
            ["Tickets opened", "Follows opened", "Watchers opened", "Tickets closing", "Follows closing", "Watchers closing", "Tickets ended", "Follows ended", "Watchers ended"],
            heard);
    }

    [Fact]
    public async Task A_handler_that_fails_is_answered_and_the_session_goes_on()
    {
        await using var node = await SocketNode.StartAsync(configure: services => services.AddSingleton<IRealtimeFeature, Faulty>());
        using var socket = await node.OpenAsync();

        await socket.SendTextAsync("""{"cid":"1","match_leave":{}}""");
        await socket.SendTextAsync("""{"cid":"2","match_join":{}}""");

        Assert.Equal("""{"cid":"1","error":{"message":"Runtime exception."}}""", (await socket.ReceiveJsonAsync()).ToString());
        Assert.Equal("""{"cid":"2","error":{"code":3,"message":"Wrong."}}""", (await socket.ReceiveJsonAsync()).ToString());
        await RoundTripAsync(socket);
    }

    [Fact]
    public async Task Two_thousand_sockets_come_and_go_and_leave_nothing_behind()
    {
        await using var node = await SocketNode.StartAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var socket = await node.OpenAsync(Guid.NewGuid(), i % 2 == 0 ? "&status=true" : "");
            switch (i % 3)
            {
                case 0:
                    await socket.SendFrameAsync(0x88, [0x03, 0xE8]);
                    await socket.ReceiveCloseAsync();
                    break;
                case 1:
                    await socket.SendTextAsync("""{"ping":{}}""");
                    break;
            }
        });

        await SocketNode.UntilAsync(() => node.Sessions.Count == 0 && node.Tracker.Count == 0 && node.Wheel.Count == 0);
    }

    private static Task OpenedAsync(SocketNode node) => SocketNode.UntilAsync(() => node.Sessions.Count > 0 && node.Tracker.Count > 0 && node.Wheel.Count > 0);

    private static async Task RoundTripAsync(RawSocket socket)
    {
        await socket.SendTextAsync("""{"ping":{}}""");
        Assert.Equal("""{"pong":{}}""", (await socket.ReceiveAsync())!.Text);
    }

    private static async Task<RawFrame> NextOfAsync(RawSocket socket, int opcode)
    {
        while (await socket.ReceiveAsync() is { } frame)
        {
            if (frame.Opcode == opcode) return frame;
        }
        throw new InvalidOperationException("The connection ended.");
    }

    private sealed class Listener(SessionStage stage, List<string> heard) : ISessionListener
    {
        public SessionStage Stage => stage;

        public void OnOpened(NodeSession session) => Hear("opened");

        public void OnClosing(NodeSession session, SessionClose reason) => Hear("closing");

        public void OnEnded(NodeSession session, SessionClose reason) => Hear("ended");

        private void Hear(string what)
        {
            lock (heard) heard.Add($"{stage} {what}");
        }
    }

    private sealed class Faulty : IRealtimeFeature
    {
        public void Map(RealtimeMap realtime)
        {
            realtime.Map(Envelope.MessageOneofCase.MatchLeave, static (_, _, _) => throw new UnexpectedException());
            realtime.Map(Envelope.MessageOneofCase.MatchJoin, static async (_, _, _) =>
            {
                await Task.Yield();
                throw RealtimeException.BadInput("Wrong.");
            });
        }
    }

    private sealed class UnexpectedException : Exception;
}
