using Nakama.Server.Errors;
using Nakama.Server.Realtime;

namespace Nakama.Server.Chat;

/// <summary>Every refusal of chat, on the socket and of the history.</summary>
public static class ChatErrors
{
    public static RealtimeError InvalidTarget => RealtimeError.BadInput("Invalid channel target");

    public static RealtimeError InvalidType => RealtimeError.BadInput("Invalid channel type");

    public static RealtimeError RoomNameLength => Target("Channel name is required and must be 1-64 chars");

    public static RealtimeError RoomNameControlChars => Target("Channel name must not contain control chars");

    public static RealtimeError RoomNameNotUtf8 => Target("Channel name must only contain valid UTF-8 bytes");

    public static RealtimeError InvalidUserId => Target("Invalid user ID in direct message join");

    public static RealtimeError UserNotFound => Target("User ID not found");

    public static RealtimeError InvalidGroupId => Target("Invalid group ID in group channel join");

    public static RealtimeError GroupNotFound => Target("Group not found");

    public static RealtimeError UserLookupFailed => RealtimeError.Runtime("Failed to look up user ID");

    public static RealtimeError GroupLookupFailed => RealtimeError.Runtime("Failed to look up group membership");

    public static RealtimeError JoinFailed => RealtimeError.Runtime("Error joining channel");

    public static RealtimeError InvalidChannelId => RealtimeError.BadInput("Invalid channel identifier");

    public static RealtimeError InvalidMessageId => RealtimeError.BadInput("Invalid message identifier");

    public static RealtimeError InvalidContent => RealtimeError.BadInput("Message content must be a valid JSON object");

    public static RealtimeError JoinBeforeSending => RealtimeError.BadInput("Must join channel before sending messages");

    public static RealtimeError JoinBeforeUpdating => RealtimeError.BadInput("Must join channel before updating messages");

    public static RealtimeError JoinBeforeRemoving => RealtimeError.BadInput("Must join channel before removing messages");

    public static RealtimeError UpdateNotFound => RealtimeError.BadInput("Could not find message to update in channel history");

    public static RealtimeError RemoveNotFound => RealtimeError.BadInput("Could not find message to remove in channel history");

    public static RealtimeError SendNotStored => RealtimeError.Runtime("Could not persist message to channel history");

    public static RealtimeError UpdateNotStored => RealtimeError.Runtime("Could not persist message update to channel history");

    public static RealtimeError RemoveNotStored => RealtimeError.Runtime("Could not persist message remove to channel history");

    public static ApiError HistoryChannelId => new(StatusCode.InvalidArgument, "Invalid channel ID.");

    public static ApiError HistoryLimit => new(StatusCode.InvalidArgument, "Invalid limit - limit must be between 1 and 100.");

    public static ApiError HistoryCursor => new(StatusCode.InvalidArgument, "Cursor is invalid or expired.");

    public static ApiError HistoryGroupNotFound => new(StatusCode.InvalidArgument, "Group not found.");

    public static ApiError HistoryChannelNotFound => new(StatusCode.InvalidArgument, "Channel not found.");

    public static ApiError HistoryFailed => new(StatusCode.Internal, "Error listing messages from channel.");

    private static RealtimeError Target(string message) => RealtimeError.BadInput(message + ": Invalid channel target");
}
