using Nakama.Server.Cluster;
using Nakama.Server.Presence;

namespace Nakama.Server.Matches;

/// <summary>The streams of matches and their public ids: <c>uuid.</c> for relayed ones, <c>uuid.node</c> for others.</summary>
public static class MatchStream
{
    public static StreamId Relayed(Guid id) => new(StreamMode.RelayedMatch, id);

    public static StreamId Authoritative(Guid id, string node) => new(StreamMode.AuthoritativeMatch, id, Guid.Empty, node);

    public static string IdOf(in StreamId stream) => NodeBoundId.Format(stream.Subject, stream.Label);

    /// <summary>False when the text is not a match id. The match need not exist.</summary>
    public static bool TryParse(string matchId, out StreamId stream)
    {
        if (!NodeBoundId.TryParse(matchId, out var id, out var node))
        {
            stream = default;
            return false;
        }
        stream = node.IsEmpty ? Relayed(id) : Authoritative(id, node.ToString());
        return true;
    }
}
