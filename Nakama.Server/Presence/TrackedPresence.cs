using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Presence;

/// <summary>One session's part in one stream. Immutable: an update makes a new one.</summary>
/// <param name="Session">The session of this node.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Username">The name when it was tracked.</param>
/// <param name="Meta">How it takes part.</param>
public sealed record TrackedPresence(Session Session, StreamId Stream, string Username, PresenceMeta Meta)
{
    public Guid SessionId => Session.Id;

    public Guid UserId => Session.UserId;

    /// <summary>What clients see of it. Only status streams show the status text.</summary>
    public UserPresence ToUserPresence()
    {
        var presence = new UserPresence
        {
            UserId = Session.UserIdText,
            SessionId = Session.IdText,
            Username = Username,
            Persistence = Meta.Persistence,
        };
        if (Stream.Mode == StreamMode.Status) presence.Status = Meta.Status;
        return presence;
    }
}
