using Nakama.Server.Cluster;

namespace Nakama.Server.Sessions;

/// <summary>
/// Who a session is and where: an open session of this node, or what this node knows of one of another node. Either way
/// messages reach it.
/// </summary>
public abstract class SessionAddress
{
    /// <summary>The node that the session is connected to.</summary>
    public NodeId Node { get; protected init; }

    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The name in the token; a rename shows with the next connection.</summary>
    public required string Username { get; init; }

    /// <summary>The id as it goes out with every presence; made once.</summary>
    public string IdText => field ??= Id.ToString();

    /// <summary>The user's id as it goes out with every presence; made once.</summary>
    public string UserIdText => field ??= UserId.ToString();

    public bool IsLocal => Node.IsLocal;

    public PresenceId PresenceId => new(Node, Id, UserId);

    /// <summary>Held while a presence is added or removed, and while a close begins: one excludes the other.</summary>
    internal Lock PresenceGate { get; } = new();

    /// <summary>What the presence tracker remembers about this session. Its own, guarded by the gate.</summary>
    internal object? Presences { get; set; }

    /// <summary>Queues a message and returns at once; false when it was not queued.</summary>
    public abstract bool TrySend(EncodedMessage payload);
}
