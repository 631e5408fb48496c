namespace Nakama.Server.Friends;

/// <summary>The result of adding others.</summary>
/// <param name="Invited">The users that now have an invitation.</param>
/// <param name="Accepted">The users whose pending invitation was accepted, and that are friends now.</param>
public sealed record FriendAdditions(IReadOnlyList<Guid> Invited, IReadOnlyList<Guid> Accepted);

/// <summary>The two edges between a user and another.</summary>
/// <param name="Mine">The user's own edge, null when there is none.</param>
/// <param name="Theirs">The other's edge, null when there is none.</param>
internal readonly record struct FriendPair(FriendState? Mine, FriendState? Theirs)
{
    /// <summary>Whether the other's edge is deleted when the user ends the relation: all but a block by the other.</summary>
    public bool LosesTheirs => Theirs is not null and not FriendState.Blocked;
}

/// <summary>The state of an edge from one user to another. The numbers are stored and sent to clients.</summary>
public enum FriendState : short
{
    Friend = 0,
    InviteSent = 1,
    InviteReceived = 2,

    /// <summary>State of the blocking user's edge; the other has no edge, or a block too.</summary>
    Blocked = 3,
}
