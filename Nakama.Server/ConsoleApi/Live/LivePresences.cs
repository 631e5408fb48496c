using Nakama.Protocol.Live;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Presence;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>Presences in the form of the live API.</summary>
internal static class LivePresences
{
    public static LivePresence Of(TrackedPresence presence, NodeDirectory nodes) => new()
    {
        SessionId = presence.SessionId.ToString(),
        UserId = presence.UserId.ToString(),
        Username = presence.Username,
        Node = nodes.NameOf(presence.Id.Node),
        Status = presence.Meta.Status,
        Hidden = presence.Meta.Hidden,
    };

    public static LivePresence Of(UserPresence presence, string node) => new()
    {
        SessionId = presence.SessionId,
        UserId = presence.UserId,
        Username = presence.Username,
        Node = node,
    };
}
