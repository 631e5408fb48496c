namespace Nakama.Server.Cluster;

/// <summary>The address of a session, on whatever node it is connected to.</summary>
/// <param name="Node">The node that the session is connected to.</param>
/// <param name="SessionId">Unique in the cluster.</param>
/// <param name="UserId">Whose session it is.</param>
public readonly record struct PresenceId(NodeId Node, Guid SessionId, Guid UserId);
