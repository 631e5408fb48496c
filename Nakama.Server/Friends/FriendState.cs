namespace Nakama.Server.Friends;

/// <summary>What one user is to another, as an edge from the one to the other says it. The numbers are stored and on the wire.</summary>
public enum FriendState : short
{
    Friend = 0,
    InviteSent = 1,
    InviteReceived = 2,

    /// <summary>Said by the one who blocks; the other has no edge, or a block too.</summary>
    Blocked = 3,
}
