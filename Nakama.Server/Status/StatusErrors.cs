using Nakama.Server.Realtime;

namespace Nakama.Server.Status;

/// <summary>The errors of status messages.</summary>
public static class StatusErrors
{
    public static RealtimeException InvalidUserId => RealtimeException.BadInput("Invalid user identifier");

    public static RealtimeException InvalidUsername => RealtimeException.BadInput("Invalid username");

    public static RealtimeException StatusTooLong => RealtimeException.BadInput("Status must be 2048 characters or less");

    public static RealtimeException UsersUnavailable => RealtimeException.Runtime("Could not check users");

    public static RealtimeException NotTracked => RealtimeException.Runtime("Error tracking status update");
}
