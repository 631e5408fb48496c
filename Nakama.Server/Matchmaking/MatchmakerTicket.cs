using Nakama.Server.Cluster;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>One request for opponents, by a session or a party. Belongs to the pool, which changes it.</summary>
internal sealed class MatchmakerTicket(
    string id, NodeId origin, IReadOnlyList<MatchmakerPresence> presences, string partyId, MatchmakerCriteria criteria, SearchQuery query, DateTimeOffset createdAt)
{
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

    /// <summary>Its row in the pool's index, or -1 when it is no longer there.</summary>
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
