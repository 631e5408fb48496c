using System.Security.Cryptography;
using Google.Protobuf;
using Nakama.Server.Cluster.Messages;
using Reason = Nakama.Server.Cluster.Messages.LinkRejection.Types.Reason;

namespace Nakama.Server.Cluster.Links;

/// <summary>
/// Makes both sides of a connection prove that they know the cluster's secret, without sending it: the node that has opened the
/// connection says who it is, the other one answers with a random challenge, and each returns a code of both messages. The same
/// messages and the secret give the keys of the frames that follow.
/// </summary>
internal sealed class LinkHandshake(LinkIdentity self, ClusterSecret secret, TimeProvider time)
{
    private const int NonceBytes = 32;
    private const int MaxHandshakeBytes = 1024;
    private const int MaxNameBytes = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static ReadOnlySpan<byte> OpenerProof => "opener proof"u8;

    private static ReadOnlySpan<byte> AcceptorProof => "acceptor proof"u8;

    private static ReadOnlySpan<byte> OpenerKey => "opener key"u8;

    private static ReadOnlySpan<byte> AcceptorKey => "acceptor key"u8;

    /// <summary>The side that has opened the connection.</summary>
    /// <exception cref="LinkException">The other side refuses, cannot prove itself, or is not a node.</exception>
    public async Task<AuthenticatedLink> OpenAsync(LinkStream stream, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var hello = new LinkHello
            {
                Purpose = purpose,
                Name = self.Name,
                Incarnation = self.Incarnation,
                Address = self.Address,
                Nonce = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(NonceBytes)),
            }.ToByteArray();
            await SendAsync(stream, LinkFrameKind.Hello, hello, either.Token);
            var challenge = await ReceiveAsync(stream, LinkFrameKind.Challenge, either.Token);
            var answer = LinkChallenge.Parser.ParseFrom(challenge);
            await SendAsync(stream, LinkFrameKind.Proof, Wrap(secret.Prove(OpenerProof, hello, challenge)), either.Token);
            var welcome = LinkProof.Parser.ParseFrom(await ReceiveAsync(stream, LinkFrameKind.Welcome, either.Token));
            if (!ClusterSecret.AreEqual(welcome.Proof.Span, secret.Prove(AcceptorProof, hello, challenge)))
                throw new LinkException("The other node does not know the secret.") { Reason = Reason.WrongSecret };
            var peer = new LinkPeer(answer.Name, "", answer.Incarnation, purpose) { IsUp = answer.IsUp };
            return new AuthenticatedLink(
                stream, peer, self.Incarnation, secret.DeriveKey(OpenerKey, hello, challenge), secret.DeriveKey(AcceptorKey, hello, challenge));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new LinkException("The other side is not a node.", e) { Reason = Reason.Malformed };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkException("The other node did not answer in time.", e);
        }
    }

    /// <summary>The side that was connected to.</summary>
    /// <exception cref="LinkException">The other side cannot prove itself or is not a node; it was told so.</exception>
    public async Task<AuthenticatedLink> AcceptAsync(LinkStream stream, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var hello = await ReceiveAsync(stream, LinkFrameKind.Hello, either.Token);
            var peer = Read(LinkHello.Parser.ParseFrom(hello));
            if (!self.IsReady) throw new LinkException("This node is not ready.") { Reason = Reason.NotReady };
            var challenge = new LinkChallenge
            {
                Name = self.Name,
                Incarnation = self.Incarnation,
                Nonce = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(NonceBytes)),
                IsUp = self.IsUp,
            }.ToByteArray();
            await SendAsync(stream, LinkFrameKind.Challenge, challenge, either.Token);
            var proof = LinkProof.Parser.ParseFrom(await ReceiveAsync(stream, LinkFrameKind.Proof, either.Token));
            if (!ClusterSecret.AreEqual(proof.Proof.Span, secret.Prove(OpenerProof, hello, challenge)))
                throw new LinkException("The other node does not know the secret.") { Reason = Reason.WrongSecret };
            await SendAsync(stream, LinkFrameKind.Welcome, Wrap(secret.Prove(AcceptorProof, hello, challenge)), either.Token);
            return new AuthenticatedLink(
                stream, peer, self.Incarnation, secret.DeriveKey(AcceptorKey, hello, challenge), secret.DeriveKey(OpenerKey, hello, challenge));
        }
        catch (Exception e) when (e is LinkException { Reason: not Reason.Unknown } or InvalidProtocolBufferException)
        {
            var reason = e is LinkException { Reason: var known } ? known : Reason.Malformed;
            await SendAsync(stream, LinkFrameKind.Refusal, new LinkRejection { Reason = reason }.ToByteArray(), either.Token);
            throw e as LinkException ?? new LinkException("The message cannot be read.", e) { Reason = reason };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkException("The other side sent nothing.", e);
        }
    }

    private static byte[] Wrap(byte[] proof) => new LinkProof { Proof = UnsafeByteOperations.UnsafeWrap(proof) }.ToByteArray();

    private static LinkPeer Read(LinkHello hello)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(hello.Name) is < 1 or > MaxNameBytes || hello.Nonce.Length != NonceBytes || hello.Purpose == LinkPurpose.Unknown)
            throw new LinkException("The first message is malformed.") { Reason = Reason.Malformed };
        return new LinkPeer(hello.Name, hello.Address, hello.Incarnation, hello.Purpose);
    }

    private async Task SendAsync(LinkStream stream, LinkFrameKind kind, byte[] message, CancellationToken cancellationToken)
    {
        using var frame = new LinkFrame(LinkFrame.HeaderSize + message.Length);
        frame.Begin(kind, self.Incarnation, 0);
        message.CopyTo(frame.Append(message.Length));
        await stream.WriteAsync(frame, cancellationToken);
    }

    private static async Task<byte[]> ReceiveAsync(LinkStream stream, LinkFrameKind expected, CancellationToken cancellationToken)
    {
        var packet = await stream.ReadAsync(cancellationToken) ?? throw new LinkException("The other side has closed the connection.");
        using var frame = packet.Frame ?? throw new LinkException("The frame has no valid length.") { Reason = Reason.Malformed };
        if (frame.Version != LinkFrame.CurrentVersion)
        {
            throw new LinkException($"The other node has version {frame.Version} of the frames between nodes, this one has version {LinkFrame.CurrentVersion}.")
            {
                Reason = Reason.WrongVersion,
            };
        }

        if (frame.Kind == LinkFrameKind.Refusal)
        {
            var refusal = LinkRejection.Parser.ParseFrom(frame.Payload);
            throw new LinkException(LinkErrors.Of(refusal.Reason)) { Reason = refusal.Reason };
        }

        if (frame.Kind != expected || frame.Length > MaxHandshakeBytes) throw new LinkException("The frame is not the expected one.") { Reason = Reason.Malformed };
        return frame.Payload.ToArray();
    }
}
