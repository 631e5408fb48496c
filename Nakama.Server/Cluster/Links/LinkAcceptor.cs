using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Cluster.Links;

/// <summary>Takes over the connections of the membership engine.</summary>
internal interface IMembershipConnections
{
    /// <summary>Serves a connection until it ends.</summary>
    Task AcceptAsync(AuthenticatedLink link, CancellationToken cancellationToken);
}

/// <summary>Accepts the connections of other nodes.</summary>
internal sealed class LinkAcceptor(LinkIdentity self, ClusterSecret secret, PeerLinks links, IMembershipConnections membership, LinkContext context)
{
    private readonly LinkHandshake _handshake = new(self, secret, context.Time);

    public async Task OpenAsync(IAsyncStreamReader<LinkPacket> reader, IServerStreamWriter<LinkPacket> writer, ServerCallContext call)
    {
        var http = call.GetHttpContext();
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var aborted = call.CancellationToken.Register(static state => ((TaskCompletionSource)state!).TrySetResult(), end);
        // When this method returns, the stream ends after what was sent; closing it before loses that. Afterwards there is no request.
        var gate = new Lock();
        var isOver = false;
        var stream = new LinkStream(reader, writer, address, () =>
        {
            end.TrySetResult();
            lock (gate)
            {
                if (!isOver) http.Abort();
            }
        });
        try
        {
            var link = await _handshake.AcceptAsync(stream, call.CancellationToken);
            switch (link.Peer.Purpose)
            {
                case LinkPurpose.Messages:
                    await links.AcceptAsync(link, call.CancellationToken);
                    await end.Task;
                    break;
                case LinkPurpose.Membership:
                    await membership.AcceptAsync(link, call.CancellationToken);
                    break;
            }
        }
        catch (LinkException e) when (e.Reason is LinkRejection.Types.Reason.NotReady or LinkRejection.Types.Reason.Unknown)
        {
            // The other node tries again, or has gone.
        }
        catch (LinkException e)
        {
            context.Metrics.Rejected();
            context.Reports.Report(address, () => LinkLog.Rejected(context.Logger, address, e.Message));
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
        finally
        {
            lock (gate) isOver = true;
        }
    }
}

/// <summary>Binds the one method, which has no generated class.</summary>
internal sealed class LinkMethodProvider : IServiceMethodProvider<LinkAcceptor>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<LinkAcceptor> context) => context.AddDuplexStreamingMethod(
        LinkMethod.Open, [], static (acceptor, reader, writer, call) => acceptor.OpenAsync(reader, writer, call));
}
