using System.Net.Security;
using Grpc.Net.Client;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Cluster.Links;

/// <summary>Opens connections to other nodes. Each has a TCP connection of its own, so that none waits behind another.</summary>
internal sealed class LinkDialer(LinkIdentity self, ClusterSecret secret, ClusterCertificates? certificates, TimeProvider time)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);
    private const int WindowBytes = 512 * 1024;

    private readonly LinkHandshake _handshake = new(self, secret, time);

    /// <summary>Opens the connection for messages to a member.</summary>
    /// <exception cref="LinkException">It cannot be reached, refuses, or is another node.</exception>
    public async Task<AuthenticatedLink> OpenAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        var link = await OpenAsync(member.Address, LinkPurpose.Messages, cancellationToken);
        if (link.Peer.Name == member.Name && link.Peer.Incarnation == member.Incarnation) return link;
        link.Dispose();
        throw new LinkException($"At {member.Address} is another node, {link.Peer.Name}.");
    }

    /// <summary>Opens a connection to whatever node is at an address.</summary>
    /// <exception cref="LinkException">It cannot be reached, or refuses.</exception>
    public async Task<AuthenticatedLink> OpenAsync(string address, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        var stream = Connect(address);
        try
        {
            return await _handshake.OpenAsync(stream, purpose, cancellationToken);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Asks the node at an address who it is.</summary>
    /// <exception cref="LinkException">It cannot be reached, or refuses.</exception>
    public async Task<LinkPeer> ProbeAsync(string address, CancellationToken cancellationToken)
    {
        using var link = await OpenAsync(address, LinkPurpose.Probe, cancellationToken);
        return link.Peer;
    }

    private LinkStream Connect(string address)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            InitialHttp2StreamWindowSize = WindowBytes,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,
            ActivityHeadersPropagator = null,
        };
        if (certificates is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [certificates.Own],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificates.IsTrusted(certificate),
            };
        }

        GrpcChannel channel;
        try
        {
            channel = GrpcChannel.ForAddress($"{(certificates is null ? "http" : "https")}://{address}", new GrpcChannelOptions
            {
                HttpHandler = handler,
                DisposeHttpClient = true,
                MaxReceiveMessageSize = LinkFrame.MaxSize * 2,
                MaxSendMessageSize = LinkFrame.MaxSize,
            });
        }
        catch (UriFormatException e)
        {
            handler.Dispose();
            throw new LinkException($"{address} is not an address.", e);
        }

        // Disposing the channel would cancel the call in the same way, but leave it to the garbage collector.
        var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(LinkMethod.Open, null, default);
        return new LinkStream(call.ResponseStream, call.RequestStream, address, () =>
        {
            call.Dispose();
            channel.Dispose();
        });
    }
}
