using Grpc.Core;

namespace Nakama.Server.Cluster.Links;

/// <summary>The frames of one connection, seen from either side.</summary>
internal sealed class LinkStream(
    IAsyncStreamReader<LinkPacket> reader, IAsyncStreamWriter<LinkPacket> writer, string remoteAddress, Action close) : IDisposable
{
    private int _isClosed;

    /// <summary>The other end of the connection, for logs.</summary>
    public string RemoteAddress { get; } = remoteAddress;

    /// <summary>The next message; null when the other side has ended the stream.</summary>
    /// <exception cref="LinkException">The connection is lost.</exception>
    public async ValueTask<LinkPacket?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await reader.MoveNext(cancellationToken) ? reader.Current : null;
        }
        catch (Exception e) when (IsLoss(e, cancellationToken))
        {
            throw new LinkException(DescriptionOf(e), e);
        }
    }

    /// <summary>Sends a frame, which the caller keeps.</summary>
    /// <exception cref="LinkException">The connection is lost.</exception>
    public async ValueTask WriteAsync(LinkFrame frame, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(new LinkPacket(frame), cancellationToken);
        }
        catch (Exception e) when (IsLoss(e, cancellationToken))
        {
            throw new LinkException(DescriptionOf(e), e);
        }
    }

    /// <summary>Ends the connection; calls in progress fail.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) close();
    }

    private static bool IsLoss(Exception e, CancellationToken cancellationToken) =>
        e is RpcException or IOException or InvalidOperationException or ObjectDisposedException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string DescriptionOf(Exception e) => e is RpcException rpc ? rpc.Status.Detail : e.Message;
}
