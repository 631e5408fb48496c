using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Parties;

/// <summary>A session's seat in a party.</summary>
internal sealed class PartyMember(TrackedPresence stay)
{
    public Session Session => Stay.Session;

    /// <summary>As messages carry it; never changed.</summary>
    public UserPresence Presence { get; } = stay.Shown;

    /// <summary>What the tracker knows of it. What it tells of other presences of the session belongs to an earlier stay.</summary>
    public TrackedPresence Stay { get; set; } = stay;

    public bool Is(UserPresence named) => SamePresence(Presence, named);

    public static bool SamePresence(UserPresence one, UserPresence other) =>
        one.SessionId == other.SessionId && one.UserId == other.UserId && one.Username == other.Username;
}
