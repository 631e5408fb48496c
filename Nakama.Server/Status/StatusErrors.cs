using Nakama.Server.Realtime;

namespace Nakama.Server.Status;

/// <summary>Every refusal of status messages.</summary>
public static class StatusErrors
{
    public static RealtimeError InvalidUserId => RealtimeError.BadInput("Invalid user identifier");

    public static RealtimeError InvalidUsername => RealtimeError.BadInput("Invalid username");

    public static RealtimeError StatusTooLong => RealtimeError.BadInput("Status must be 2048 characters or less");

    public static RealtimeError UsersUnavailable => RealtimeError.Runtime("Could not check users");

    public static RealtimeError NotTracked => RealtimeError.Runtime("Error tracking status update");
}
