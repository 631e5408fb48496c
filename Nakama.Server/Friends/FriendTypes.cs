namespace Nakama.Server.Friends;

/// <summary>What came of adding others.</summary>
/// <param name="Invited">Those who now have an invitation.</param>
/// <param name="Accepted">Those whose invitation was waiting, and who are friends now.</param>
public sealed record FriendAdditions(IReadOnlyList<Guid> Invited, IReadOnlyList<Guid> Accepted);

/// <summary>The two edges between a user and another.</summary>
/// <param name="Mine">The user's own edge, null when there is none.</param>
/// <param name="Theirs">The other's edge, null when there is none.</param>
internal readonly record struct FriendPair(FriendState? Mine, FriendState? Theirs)
{
    /// <summary>Whether the other's edge goes when the user ends the relation: all but a block of the other's own.</summary>
    public bool LosesTheirs => Theirs is not null and not FriendState.Blocked;
}

/// <summary>What one user is to another, as an edge from the one to the other says it. The numbers are stored and on the wire.</summary>
public enum FriendState : short
{
    Friend = 0,
    InviteSent = 1,
    InviteReceived = 2,

    /// <summary>Said by the one who blocks; the other has no edge, or a block too.</summary>
    Blocked = 3,
}
