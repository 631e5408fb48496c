namespace Nakama.Server.Friends;

/// <summary>The two edges between a user and another.</summary>
/// <param name="Mine">The user's own edge, null when there is none.</param>
/// <param name="Theirs">The other's edge, null when there is none.</param>
internal readonly record struct FriendPair(FriendState? Mine, FriendState? Theirs)
{
    /// <summary>Whether the other's edge goes when the user ends the relation: all but a block of the other's own.</summary>
    public bool LosesTheirs => Theirs is not null and not FriendState.Blocked;
}
