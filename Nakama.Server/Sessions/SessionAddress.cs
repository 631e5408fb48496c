using Nakama.Server.Cluster;

namespace Nakama.Server.Sessions;

/// <summary>
/// The identity and node of a session: an open session of this node, or the known data of a session of another node. In both
/// cases it can be sent messages.
/// </summary>
public abstract class SessionAddress
{
    /// <summary>The node that the session is connected to.</summary>
    public NodeId Node { get; protected init; }

    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The name in the token; a rename takes effect with the next connection.</summary>
    public required string Username { get; init; }

    /// <summary>The id as sent with every presence; created once.</summary>
    public string IdText => field ??= Id.ToString();

    /// <summary>The user's id as sent with every presence; created once.</summary>
    public string UserIdText => field ??= UserId.ToString();

    public bool IsLocal => Node.IsLocal;

    public PresenceId PresenceId => new(Node, Id, UserId);

    /// <summary>Held while a presence is added or removed, and while a close begins, so that these exclude each other.</summary>
    internal Lock PresenceGate { get; } = new();

    /// <summary>The presence tracker's state for this session. Used only by the tracker, guarded by the gate.</summary>
    internal object? Presences { get; set; }

    /// <summary>Queues a message and returns at once; false when it was not queued.</summary>
    public abstract bool TrySend(EncodedMessage payload);
}
