using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>The presence of one session in one stream, on any node. Immutable: an update creates a new one.</summary>
/// <param name="address">The address of the session.</param>
/// <param name="stream">The stream.</param>
/// <param name="meta">The meta of the presence.</param>
public sealed class TrackedPresence(SessionAddress address, StreamId stream, PresenceMeta meta)
{
    private UserPresence? _shown;

    public PresenceId Id => address.PresenceId;

    public StreamId Stream { get; } = stream;

    /// <summary>The name in the session's token.</summary>
    public string Username => address.Username;

    public PresenceMeta Meta { get; } = meta;

    /// <summary>Whether it was updated since the session joined.</summary>
    public PresenceReason Reason { get; init; } = PresenceReason.Join;

    public Guid SessionId => address.Id;

    public Guid UserId => address.UserId;

    /// <summary>Whether the session is connected to this node.</summary>
    public bool IsLocal => address.IsLocal;

    /// <summary>The presence as sent to clients, created once for all messages that carry it: it must not be modified.</summary>
    public UserPresence Shown => _shown ??= ToUserPresence();

    /// <summary>The address to which its messages are sent.</summary>
    internal SessionAddress Address => address;

    /// <summary>Whether it belongs to the session.</summary>
    public bool IsOf(SessionAddress session) => ReferenceEquals(address, session) || (!session.IsLocal && address.Id == session.Id);

    /// <summary>Creates the presence as sent to clients. Only status streams show the status text.</summary>
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
