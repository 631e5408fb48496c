namespace Nakama.Server.Chat;

/// <summary>The kind of a channel message. Codes of three and above are written by the server when a group changes.</summary>
public static class MessageCode
{
    public const int Chat = 0;
    public const int Update = 1;
    public const int Remove = 2;
    public const int GroupJoin = 3;
    public const int GroupAdd = 4;
    public const int GroupLeave = 5;
    public const int GroupKick = 6;
    public const int GroupPromote = 7;
    public const int GroupBan = 8;
    public const int GroupDemote = 9;
}
