using Nakama.Server.Cluster;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// One request for a match, by a session or a party. The pool sets whether it waits, under the matchmaker's lock; only rounds
/// change the row, the intervals and whether it is active.
/// </summary>
internal sealed class MatchmakerTicket(
    string id, NodeId origin, IReadOnlyList<MatchmakerPresence> presences, string partyId, MatchmakerCriteria criteria, SearchQuery query, DateTimeOffset createdAt)
{
    private bool _isWaiting;

    public string Id { get; } = id;

    /// <summary>The node that accepted the ticket and keeps it until it is matched or removed.</summary>
    public NodeId Origin { get; } = origin;

    /// <summary>Empty for a single session.</summary>
    public string PartyId { get; } = partyId;

    public IReadOnlyList<MatchmakerPresence> Presences { get; } = presences;

    public MatchmakerCriteria Criteria { get; } = criteria;

    public SearchQuery Query { get; } = query;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public int Count => Presences.Count;

    /// <summary>The sequence number of the ticket.</summary>
    public long Number { get; set; }

    /// <summary>Whether it is neither matched nor removed. Without the lock the value read may already be outdated.</summary>
    public bool IsWaiting
    {
        get => Volatile.Read(ref _isWaiting);
        set => Volatile.Write(ref _isWaiting, value);
    }

    /// <summary>Its row in the index of the rounds, or -1 when it is not indexed.</summary>
    public int Row { get; set; } = -1;

    /// <summary>The number of rounds in which it was active.</summary>
    public int Intervals { get; set; }

    /// <summary>Whether it still searches for opponents; otherwise only other tickets can find it.</summary>
    public bool IsActive { get; set; } = true;

    public bool SharesSessionWith(MatchmakerTicket other)
    {
        foreach (var mine in Presences)
        {
            foreach (var theirs in other.Presences)
            {
                if (mine.SessionId == theirs.SessionId) return true;
            }
        }

        return false;
    }
}
