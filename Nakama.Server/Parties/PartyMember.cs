using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Parties;

/// <summary>A session's slot in a party.</summary>
internal sealed class PartyMember(SessionAddress address, UserPresence presence)
{
    public SessionAddress Address => address;

    /// <summary>The presence as it appears in messages; immutable.</summary>
    public UserPresence Presence => presence;

    /// <summary>
    /// The tracked presence; null until the session's node has added it. Reports of the tracker about another presence of the
    /// session belong to an earlier stay.
    /// </summary>
    public TrackedPresence? Stay { get; set; }

    /// <summary>Whether the slot was already waiting for its session at the last idle check.</summary>
    public bool IsOverdue { get; set; }

    public bool Is(UserPresence named) => SamePresence(Presence, named);

    public static bool SamePresence(UserPresence one, UserPresence other) =>
        one.SessionId == other.SessionId && one.UserId == other.UserId && one.Username == other.Username;
}
