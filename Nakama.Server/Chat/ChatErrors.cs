using Nakama.Server.Errors;
using Nakama.Server.Realtime;

namespace Nakama.Server.Chat;

/// <summary>The errors of chat, for sockets and for the history.</summary>
public static class ChatErrors
{
    public static RealtimeException InvalidTarget => RealtimeException.BadInput("Invalid channel target");

    public static RealtimeException InvalidType => RealtimeException.BadInput("Invalid channel type");

    public static RealtimeException RoomNameLength => Target("Channel name is required and must be 1-64 chars");

    public static RealtimeException RoomNameControlChars => Target("Channel name must not contain control chars");

    public static RealtimeException RoomNameNotUtf8 => Target("Channel name must only contain valid UTF-8 bytes");

    public static RealtimeException InvalidUserId => Target("Invalid user ID in direct message join");

    public static RealtimeException UserNotFound => Target("User ID not found");

    public static RealtimeException InvalidGroupId => Target("Invalid group ID in group channel join");

    public static RealtimeException GroupNotFound => Target("Group not found");

    public static RealtimeException UserLookupFailed => RealtimeException.Runtime("Failed to look up user ID");

    public static RealtimeException GroupLookupFailed => RealtimeException.Runtime("Failed to look up group membership");

    public static RealtimeException JoinFailed => RealtimeException.Runtime("Error joining channel");

    public static RealtimeException InvalidChannelId => RealtimeException.BadInput("Invalid channel identifier");

    public static RealtimeException InvalidMessageId => RealtimeException.BadInput("Invalid message identifier");

    public static RealtimeException InvalidContent => RealtimeException.BadInput("Message content must be a valid JSON object");

    public static RealtimeException JoinBeforeSending => RealtimeException.BadInput("Must join channel before sending messages");

    public static RealtimeException JoinBeforeUpdating => RealtimeException.BadInput("Must join channel before updating messages");

    public static RealtimeException JoinBeforeRemoving => RealtimeException.BadInput("Must join channel before removing messages");

    public static RealtimeException UpdateNotFound => RealtimeException.BadInput("Could not find message to update in channel history");

    public static RealtimeException RemoveNotFound => RealtimeException.BadInput("Could not find message to remove in channel history");

    public static RealtimeException SendNotStored => RealtimeException.Runtime("Could not persist message to channel history");

    public static RealtimeException UpdateNotStored => RealtimeException.Runtime("Could not persist message update to channel history");

    public static RealtimeException RemoveNotStored => RealtimeException.Runtime("Could not persist message remove to channel history");

    public static ApiException HistoryChannelId => new(StatusCode.InvalidArgument, "Invalid channel ID.");

    public static ApiException HistoryLimit => new(StatusCode.InvalidArgument, "Invalid limit - limit must be between 1 and 100.");

    public static ApiException HistoryCursor => new(StatusCode.InvalidArgument, "Cursor is invalid or expired.");

    public static ApiException HistoryGroupNotFound => new(StatusCode.InvalidArgument, "Group not found.");

    public static ApiException HistoryChannelNotFound => new(StatusCode.InvalidArgument, "Channel not found.");

    public static ApiException HistoryFailed => new(StatusCode.Internal, "Error listing messages from channel.");

    private static RealtimeException Target(string message) => RealtimeException.BadInput(message + ": Invalid channel target");
}
