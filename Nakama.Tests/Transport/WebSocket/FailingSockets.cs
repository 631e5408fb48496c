using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Api;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;
using Nakama.Server.Transport.WebSocket;
using Nakama.Tests.Realtime;
using NodeSession = Nakama.Server.Sessions.Session;

namespace Nakama.Tests.Transport.WebSocket;

/// <summary>Sockets whose session or connection fails in ways that nobody foresaw.</summary>
public sealed class FailingSockets
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_a_listener_fails_over_is_closed(bool withGate)
    {
        await using var node = await SocketNode.StartAsync(withGate: withGate, configure: services => services.AddSingleton<ISessionListener, FailingListener>());

        using var socket = await node.OpenAsync();

        var close = await socket.ReceiveCloseAsync();
        Assert.Equal((1000, "error processing message"), (close.CloseCode, close.CloseText));
        await SocketNode.UntilAsync(() => node.Get<SessionRegistry>().Count == 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_connection_that_fails_to_send_ends_its_session(int sentBefore)
    {
        await using var node = await SocketNode.StartAsync();
        var wire = new FailingTransport(sentBefore);
        var identity = new SessionIdentity
        {
            Id = Guid.NewGuid(),
            UserId = Guid.NewGuid(),
            Username = "anna",
            Vars = new Dictionary<string, string>(),
            Expiry = 0,
            Lang = "en",
            ClientIp = "",
            ClientPort = "",
            IsClientIpCertain = true,
        };
        var session = new WebSocketSession(
            node.Get<SessionHost>(), identity, node.Get<RealtimePipeline>(), node.Get<SocketOptions>(), node.Get<ServerMetrics>(), wire,
            SessionFormat.WebSocketJson);
        node.Get<SessionHost>().Open(session);
        var running = session.RunAsync();

        session.TrySend(new EncodedMessage(new Envelope { Pong = new Pong() }));

        await running.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, node.Get<SessionRegistry>().Count);
    }

    private sealed class FailingListener : ISessionListener
    {
        public SessionStage Stage => SessionStage.Watchers;

        public void OnOpened(NodeSession session) => throw new InvalidDataException("on purpose");
    }

    /// <summary>Sends some bytes and then fails with something that no connection fails with.</summary>
    private sealed class FailingTransport(int sentBefore) : WebSocketTransport
    {
        private readonly Pipe _pipe = new();

        public override PipeReader Input => _pipe.Reader;

        public override string Ends => "here->there";

        public override bool CanHalfClose => true;

        public override int TrySend(ReadOnlySpan<byte> bytes) => sentBefore > 0 ? sentBefore : throw new InvalidDataException("on purpose");

        public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => throw new InvalidDataException("on purpose");

        public override void FinishSending() => _pipe.Writer.Complete();

        public override void Abort() => _pipe.Writer.Complete();
    }
}
