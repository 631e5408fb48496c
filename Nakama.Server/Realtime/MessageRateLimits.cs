using Nakama.Server.Api;
using Nakama.Server.Metrics;
using Nakama.Server.Security;
using Nakama.Server.Sessions;

namespace Nakama.Server.Realtime;

/// <summary>Bounds the number of messages per connection, user and address, for all transports.</summary>
public sealed class MessageRateLimits
{
    // Clients that send messages without a cid are notified of the limit at most this often.
    private const int MaxUnaskedAnswersPerSec = 1;

    private readonly RateLimit? _byConnection;
    private readonly KeyedRateLimit<Guid>? _byUser;
    private readonly KeyedRateLimit<NetworkKey>? _byAddress;
    private readonly RateLimitRejections? _ofConnection;
    private readonly RateLimitRejections? _ofUser;
    private readonly RateLimitRejections? _ofAddress;
    private readonly RateLimit _unaskedAnswers;

    public MessageRateLimits(SocketOptions socket, TimeProvider time, MetricRegistry metrics, ILogger<MessageRateLimits> log)
    {
        const string Kind = "message";
        _unaskedAnswers = new(MaxUnaskedAnswersPerSec, time);
        if (socket.MaxMessagesPerSecPerConnection > 0)
        {
            _byConnection = new(socket.MaxMessagesPerSecPerConnection, time);
            _ofConnection = new(metrics, log, "socket.max_messages_per_sec_per_connection", Kind, "connection");
        }

        if (socket.MaxMessagesPerSecPerUser > 0)
        {
            _byUser = new(socket.MaxMessagesPerSecPerUser, time);
            _ofUser = new(metrics, log, "socket.max_messages_per_sec_per_user", Kind, "user");
        }

        if (socket.MaxMessagesPerSecPerAddress > 0)
        {
            _byAddress = new(socket.MaxMessagesPerSecPerAddress, time);
            _ofAddress = new(metrics, log, "socket.max_messages_per_sec_per_address", Kind, "address");
        }

        IsOn = _byConnection is not null || _byUser is not null || _byAddress is not null;
    }

    /// <summary>Whether any limit is configured.</summary>
    public bool IsOn { get; }

    /// <summary>Counts a message; false when there were too many.</summary>
    public bool Admits(Session session)
    {
        var rate = RateOf(session);
        if (_byConnection is not null && !_byConnection.Admits(ref rate.FullAt)) return _ofConnection!.Count(session.UserId);
        if (_byUser is not null && !_byUser.Admits(session.UserId)) return _ofUser!.Count(session.UserId);
        return _byAddress is null || rate.Sender is not { } sender || _byAddress.Admits(sender) || _ofAddress!.Count(sender);
    }

    /// <summary>Whether a refusal that answers no request is sent to the client.</summary>
    public bool IsTold(Session session) => _unaskedAnswers.Admits(ref RateOf(session).ToldFullAt);

    private static Rate RateOf(Session session) => (Rate)(session.MessageRate ??= new Rate(session));

    /// <summary>The limiter state of one session.</summary>
    private sealed class Rate(Session session)
    {
        private long _fullAt;
        private long _toldFullAt;

        public ref long FullAt => ref _fullAt;

        public ref long ToldFullAt => ref _toldFullAt;

        public NetworkKey? Sender { get; } = session.IsClientIpCertain ? NetworkKey.Of(session.ClientIp) : null;
    }
}
