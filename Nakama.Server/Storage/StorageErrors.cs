using Nakama.Server.Errors;

namespace Nakama.Server.Storage;

internal static class StorageErrors
{
    public static ApiError NameRequired => Invalid("Invalid collection or key value supplied. They must be set.");

    public static ApiError ReadPermission => Invalid("Invalid Read permission supplied. It must be either 0, 1 or 2.");

    public static ApiError WritePermission => Invalid("Invalid Write permission supplied. It must be either 0 or 1.");

    public static ApiError NotAnObject => Invalid("Value must be a JSON object.");

    public static ApiError Limit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiError UserId => Invalid("Invalid user ID - make sure user ID is a valid UUID.");

    public static ApiError Cursor => Invalid("Malformed cursor was used.");

    public static ApiError VersionRejected => Invalid("Storage write rejected - version check failed.");

    public static ApiError PermissionRejected => Invalid("Storage write rejected - permission denied.");

    public static ApiError DeleteRejected =>
        Invalid("Storage delete rejected - not found, version check failed, or permission denied.");

    public static ApiError ListFailed => new(StatusCode.Internal, "Error listing storage objects.");

    public static ApiError ReadFailed => new(StatusCode.Internal, "Error reading storage objects.");

    public static ApiError WriteFailed => new(StatusCode.Internal, "Error writing storage objects.");

    public static ApiError DeleteFailed => new(StatusCode.Internal, "Error deleting storage objects.");

    private static ApiError Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
