using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>One session's part in one stream, on whatever node the session is. Immutable: an update makes a new one.</summary>
/// <param name="address">Where the session is.</param>
/// <param name="stream">The stream.</param>
/// <param name="meta">How it takes part.</param>
public sealed class TrackedPresence(SessionAddress address, StreamId stream, PresenceMeta meta)
{
    private UserPresence? _shown;

    public PresenceId Id => address.PresenceId;

    public StreamId Stream { get; } = stream;

    /// <summary>The name in the session's token.</summary>
    public string Username => address.Username;

    public PresenceMeta Meta { get; } = meta;

    public Guid SessionId => address.Id;

    public Guid UserId => address.UserId;

    /// <summary>Whether the session is connected to this node.</summary>
    public bool IsLocal => address.IsLocal;

    /// <summary>What clients see of it, made once for all messages that carry it: nobody may change it.</summary>
    public UserPresence Shown => _shown ??= ToUserPresence();

    /// <summary>Where messages to it go.</summary>
    internal SessionAddress Address => address;

    /// <summary>Whether it is a session's own.</summary>
    public bool IsOf(SessionAddress session) => ReferenceEquals(address, session) || (!session.IsLocal && address.Id == session.Id);

    /// <summary>What clients see of it. Only status streams show the status text.</summary>
    public UserPresence ToUserPresence()
    {
        var presence = new UserPresence
        {
            UserId = address.UserIdText,
            SessionId = address.IdText,
            Username = Username,
            Persistence = Meta.Persistence,
        };
        if (Stream.Mode == StreamMode.Status) presence.Status = Meta.Status;
        return presence;
    }
}
