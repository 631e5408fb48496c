namespace Nakama.Server.Notifications;

/// <summary>The codes that the server itself uses. Games use numbers above zero.</summary>
public static class NotificationCode
{
    /// <summary>Someone opened a direct channel and waits.</summary>
    public const int DirectMessageRequest = -1;

    public const int FriendRequest = -2;

    public const int FriendAccept = -3;

    /// <summary>Added to a group by someone else.</summary>
    public const int GroupAdd = -4;

    /// <summary>To those who run a closed group.</summary>
    public const int GroupJoinRequest = -5;

    /// <summary>An imported friend made an account.</summary>
    public const int FriendJoinedGame = -6;

    /// <summary>A newer socket replaces this one; never stored.</summary>
    public const int SingleSocket = -7;

    /// <summary>Never stored.</summary>
    public const int Banned = -8;

    public const int FriendRemove = -9;
}
