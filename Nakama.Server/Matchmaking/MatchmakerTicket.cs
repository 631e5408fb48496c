using Nakama.Server.Cluster;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// One request for opponents, by a session or a party. Whether it waits is the pool's to say, under the matchmaker's gate; the
/// row, the intervals and whether it is active belong to the rounds.
/// </summary>
internal sealed class MatchmakerTicket(
    string id, NodeId origin, IReadOnlyList<MatchmakerPresence> presences, string partyId, MatchmakerCriteria criteria, SearchQuery query, DateTimeOffset createdAt)
{
    private bool _isWaiting;

    public string Id { get; } = id;

    /// <summary>The node that has taken it and keeps it until it is matched or given up.</summary>
    public NodeId Origin { get; } = origin;

    /// <summary>Empty for a session on its own.</summary>
    public string PartyId { get; } = partyId;

    public IReadOnlyList<MatchmakerPresence> Presences { get; } = presences;

    public MatchmakerCriteria Criteria { get; } = criteria;

    public SearchQuery Query { get; } = query;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public int Count => Presences.Count;

    /// <summary>Where it stands among all tickets ever taken.</summary>
    public long Number { get; set; }

    /// <summary>Whether it is neither matched nor given up. May be read without the gate, and then be out of date at once.</summary>
    public bool IsWaiting
    {
        get => Volatile.Read(ref _isWaiting);
        set => Volatile.Write(ref _isWaiting, value);
    }

    /// <summary>Its row in the index of the rounds, or -1 when it is not there.</summary>
    public int Row { get; set; } = -1;

    /// <summary>In how many rounds it has looked for opponents.</summary>
    public int Intervals { get; set; }

    /// <summary>Whether it still looks for opponents; otherwise it only waits to be found.</summary>
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
