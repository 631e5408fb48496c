namespace Nakama.Server.Groups;

/// <summary>What a user is to a group. The numbers are stored and on the wire; the lower, the more a user may.</summary>
public enum GroupState : short
{
    Superadmin = 0,
    Admin = 1,
    Member = 2,

    /// <summary>Asked to join a closed group.</summary>
    JoinRequest = 3,

    /// <summary>Said by the group alone: the user has no edge to it.</summary>
    Banned = 4,
}
