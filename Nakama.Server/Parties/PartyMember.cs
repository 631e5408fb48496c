using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Parties;

/// <summary>A session's slot in a party.</summary>
internal sealed class PartyMember(SessionAddress address, UserPresence presence)
{
    public SessionAddress Address => address;

    /// <summary>As messages carry it; never changed.</summary>
    public UserPresence Presence => presence;

    /// <summary>
    /// What the tracker knows of it; null until the node of the session has made it present. What it tells of other presences of
    /// the session belongs to an earlier stay.
    /// </summary>
    public TrackedPresence? Stay { get; set; }

    /// <summary>Whether the session has been waited for since the last idle check.</summary>
    public bool IsOverdue { get; set; }

    public bool Is(UserPresence named) => SamePresence(Presence, named);

    public static bool SamePresence(UserPresence one, UserPresence other) =>
        one.SessionId == other.SessionId && one.UserId == other.UserId && one.Username == other.Username;
}
