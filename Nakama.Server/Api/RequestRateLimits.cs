using Nakama.Server.Metrics;
using Nakama.Server.Security;

namespace Nakama.Server.Api;

/// <summary>
/// Bounds the number of requests per address, connection and user. Addresses and connections are checked
/// before anything of a request is read, users once the token is known. Opening a socket counts as a request.
/// </summary>
public sealed class RequestRateLimits
{
    public const string Text = "Too many requests. Try again in 1 second.";

    private readonly KeyedRateLimit<NetworkKey>? _byAddress;
    private readonly KeyedRateLimit<Guid>? _byUser;
    private readonly RateLimit? _byConnection;
    private readonly RateLimitRejections? _ofAddress;
    private readonly RateLimitRejections? _ofUser;
    private readonly RateLimitRejections? _ofConnection;

    public RequestRateLimits(SocketOptions socket, TimeProvider time, MetricRegistry metrics, ILogger<RequestRateLimits> log)
    {
        const string Kind = "request";
        if (socket.MaxRequestsPerSecPerAddress > 0)
        {
            _byAddress = new(socket.MaxRequestsPerSecPerAddress, time);
            _ofAddress = new(metrics, log, "socket.max_requests_per_sec_per_address", Kind, "address");
        }

        if (socket.MaxRequestsPerSecPerUser > 0)
        {
            _byUser = new(socket.MaxRequestsPerSecPerUser, time);
            _ofUser = new(metrics, log, "socket.max_requests_per_sec_per_user", Kind, "user");
        }

        if (socket.MaxRequestsPerSecPerConnection > 0)
        {
            _byConnection = new(socket.MaxRequestsPerSecPerConnection, time);
            _ofConnection = new(metrics, log, "socket.max_requests_per_sec_per_connection", Kind, "connection");
        }
    }

    /// <summary>Whether requests are checked before they are read.</summary>
    public bool LooksAtSenders => _byAddress is not null || _byConnection is not null;

    /// <summary>Counts a request before it is read; false when there were too many.</summary>
    /// <param name="connection">The limiter state of the connection; null where there is none.</param>
    /// <param name="sender">The client's address; null when it is not certain, and then no address is counted.</param>
    internal bool AdmitsSender(ConnectionRate? connection, NetworkKey? sender)
    {
        if (_byConnection is not null && connection is not null && !_byConnection.Admits(ref connection.FullAt)) return _ofConnection!.Count(sender?.ToString() ?? "unknown");
        return _byAddress is null || sender is not { } known || _byAddress.Admits(known) || _ofAddress!.Count(known);
    }

    /// <summary>Counts a request of a signed-in user; false when there were too many.</summary>
    public bool AdmitsUser(Guid userId) => _byUser is null || _byUser.Admits(userId) || _ofUser!.Count(userId);
}
