using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Presence;

/// <summary>One session's part in one stream. Immutable: an update makes a new one.</summary>
/// <param name="session">The session of this node.</param>
/// <param name="stream">The stream.</param>
/// <param name="username">The name when it was tracked.</param>
/// <param name="meta">How it takes part.</param>
public sealed class TrackedPresence(Session session, StreamId stream, string username, PresenceMeta meta)
{
    private UserPresence? _shown;

    public Session Session => session;

    public StreamId Stream { get; } = stream;

    public string Username => username;

    public PresenceMeta Meta { get; } = meta;

    public Guid SessionId => session.Id;

    public Guid UserId => session.UserId;

    /// <summary>What clients see of it, made once for all messages that carry it: nobody may change it.</summary>
    public UserPresence Shown => _shown ??= ToUserPresence();

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
