using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matchmaking;

/// <summary>A session that waits for a match.</summary>
/// <param name="UserId">The user.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Username">The name in the session's token.</param>
/// <param name="Node">The node that the session is connected to.</param>
public sealed record MatchmakerPresence(Guid UserId, Guid SessionId, string Username, string Node)
{
    /// <summary>The presence as it appears in messages; created once and immutable.</summary>
    internal UserPresence Shown => field ??= new()
    {
        UserId = UserId.ToString(),
        SessionId = SessionId.ToString(),
        Username = Username,
    };

    internal SessionKey ToKey() => new()
    {
        SessionId = IdBytes.Of(SessionId),
        UserId = IdBytes.Of(UserId),
        Username = Username,
        Node = Node,
    };

    internal static MatchmakerPresence Of(SessionKey key) => new(IdBytes.Read(key.UserId), IdBytes.Read(key.SessionId), key.Username, key.Node);

    public static MatchmakerPresence Of(Session session, LocalNode node) => new(session.UserId, session.Id, session.Username, node.Name);
}
