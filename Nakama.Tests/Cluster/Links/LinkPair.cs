using System.Buffers;
using System.Threading.Channels;
using Grpc.Core;
using Nakama.Server.Cluster.Links;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Tests.Cluster.Links;

/// <summary>Both ends of a connection between two nodes, in this process; a test may change the bytes on their way.</summary>
internal sealed class LinkPair
{
    private readonly Channel<LinkPacket> _toAcceptor = System.Threading.Channels.Channel.CreateUnbounded<LinkPacket>();
    private readonly Channel<LinkPacket> _toOpener = System.Threading.Channels.Channel.CreateUnbounded<LinkPacket>();

    public LinkPair()
    {
        Opener = new LinkStream(new Reader(_toOpener), new Writer(_toAcceptor, bytes => Change?.Invoke(bytes) ?? bytes), "acceptor", () => End(_toAcceptor));
        Acceptor = new LinkStream(new Reader(_toAcceptor), new Writer(_toOpener, static bytes => bytes), "opener", () => End(_toOpener));
    }

    public LinkStream Opener { get; }

    public LinkStream Acceptor { get; }

    /// <summary>Changes what the opener sends.</summary>
    public Func<byte[], byte[]>? Change { get; set; }

    public static LinkIdentity Identity(string name, long incarnation)
    {
        var identity = new LinkIdentity(name);
        identity.Set("127.0.0.1:1", incarnation);
        return identity;
    }

    public static ClusterSecret Secret(string secret = "a secret of some length")
    {
        var made = new ClusterSecret();
        made.Set(secret);
        return made;
    }

    /// <summary>Both sides after the handshake.</summary>
    public async Task<(AuthenticatedLink Opener, AuthenticatedLink Acceptor)> ShakeHandsAsync(
        LinkPurpose purpose = LinkPurpose.Messages, ClusterSecret? openers = null, ClusterSecret? acceptors = null)
    {
        var opening = new LinkHandshake(Identity("one", 1), openers ?? Secret(), TimeProvider.System).OpenAsync(Opener, purpose, CancellationToken.None);
        var accepting = new LinkHandshake(Identity("two", 2), acceptors ?? Secret(), TimeProvider.System).AcceptAsync(Acceptor, CancellationToken.None);
        await Task.WhenAll(opening, accepting);
        return (await opening, await accepting);
    }

    /// <summary>Puts bytes before the acceptor as if the opener had sent them.</summary>
    public void Inject(byte[] bytes) => _toAcceptor.Writer.TryWrite(PacketOf(bytes));

    private static LinkPacket PacketOf(byte[] bytes) => new(LinkFrame.Read(new ReadOnlySequence<byte>(bytes)));

    private static void End(Channel<LinkPacket> channel) => channel.Writer.TryComplete();

    private sealed class Reader(Channel<LinkPacket> channel) : IAsyncStreamReader<LinkPacket>
    {
        public LinkPacket Current { get; private set; } = null!;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await channel.Reader.WaitToReadAsync(cancellationToken) || !channel.Reader.TryRead(out var packet)) return false;
            Current = packet;
            return true;
        }
    }

    private sealed class Writer(Channel<LinkPacket> channel, Func<byte[], byte[]> change) : IAsyncStreamWriter<LinkPacket>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(LinkPacket message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(LinkPacket message, CancellationToken cancellationToken)
        {
            channel.Writer.TryWrite(PacketOf(change(message.Frame!.Bytes.ToArray())));
            return Task.CompletedTask;
        }
    }
}
