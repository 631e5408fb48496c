using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Metrics;

namespace Nakama.Server.Matchmaking;

/// <summary>Statistics of the last round; updated only by rounds.</summary>
public sealed class MatchmakerStatistics
{
    private const int Completions = 10;

    private readonly Lock _gate = new();
    private readonly Queue<MatchmakerCompletionStats> _completions = new(Completions);
    private int _ticketCount;
    private int _activeCount;
    private Timestamp? _oldestCreateTime;

    public MatchmakerStatistics(ServerMetrics metrics)
    {
        metrics.Gauge("matchmaker_tickets", () => TicketCount);
        metrics.Gauge("matchmaker_active_tickets", () => ActiveCount);
    }

    /// <summary>The number of waiting tickets when the last round began.</summary>
    public int TicketCount => Volatile.Read(ref _ticketCount);

    /// <summary>The number of them that were active.</summary>
    public int ActiveCount => Volatile.Read(ref _activeCount);

    public MatchmakerStats Read()
    {
        lock (_gate)
        {
            return new MatchmakerStats
            {
                TicketCount = _ticketCount,
                OldestTicketCreateTime = _oldestCreateTime,
                Completions = { _completions },
            };
        }
    }

    internal void RoundBegan(int ticketCount, int activeCount, DateTimeOffset? oldest)
    {
        lock (_gate)
        {
            Volatile.Write(ref _ticketCount, ticketCount);
            Volatile.Write(ref _activeCount, activeCount);
            _oldestCreateTime = oldest is { } time ? Timestamp.FromDateTimeOffset(time) : null;
        }
    }

    /// <summary>Players of the last matches that were made.</summary>
    internal void Completed(IReadOnlyList<MadeMatch> matches, DateTimeOffset at)
    {
        var completeTime = Timestamp.FromDateTimeOffset(at);
        lock (_gate)
        {
            foreach (var entry in matches.SelectMany(static match => match.Entries).TakeLast(Completions))
            {
                if (_completions.Count == Completions) _completions.Dequeue();
                _completions.Enqueue(new() { CreateTime = Timestamp.FromDateTimeOffset(entry.CreatedAt), CompleteTime = completeTime });
            }
        }
    }
}
