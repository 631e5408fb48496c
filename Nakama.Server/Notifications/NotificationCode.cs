namespace Nakama.Server.Notifications;

/// <summary>The codes that the server itself uses. Games use positive numbers.</summary>
public static class NotificationCode
{
    /// <summary>A user opened a direct channel with the recipient.</summary>
    public const int DirectMessageRequest = -1;

    public const int FriendRequest = -2;

    public const int FriendAccept = -3;

    /// <summary>Added to a group by another user.</summary>
    public const int GroupAdd = -4;

    /// <summary>A request to join a closed group, sent to its managers.</summary>
    public const int GroupJoinRequest = -5;

    /// <summary>An imported friend created an account.</summary>
    public const int FriendJoinedGame = -6;

    /// <summary>A newer socket replaces this one; never stored.</summary>
    public const int SingleSocket = -7;

    /// <summary>Never stored.</summary>
    public const int Banned = -8;

    public const int FriendRemove = -9;
}
