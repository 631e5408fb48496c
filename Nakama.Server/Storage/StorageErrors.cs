using Nakama.Server.Errors;

namespace Nakama.Server.Storage;

internal static class StorageErrors
{
    /// <summary>The reason of <see cref="VersionRejected"/>.</summary>
    public const string VersionReason = "storage_version";

    public static ApiException NameRequired => Invalid("Invalid collection or key value supplied. They must be set.");

    public static ApiException ReadPermission => Invalid("Invalid Read permission supplied. It must be either 0, 1 or 2.");

    public static ApiException WritePermission => Invalid("Invalid Write permission supplied. It must be either 0 or 1.");

    public static ApiException NotAnObject => Invalid("Value must be a JSON object.");

    public static ApiException Limit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiException UserId => Invalid("Invalid user ID - make sure user ID is a valid UUID.");

    public static ApiException Cursor => Invalid("Malformed cursor was used.");

    public static ApiException VersionRejected =>
        new(StatusCode.InvalidArgument, "Storage write rejected - version check failed.") { Reason = VersionReason };

    public static ApiException PermissionRejected => Invalid("Storage write rejected - permission denied.");

    public static ApiException DeleteRejected =>
        Invalid("Storage delete rejected - not found, version check failed, or permission denied.");

    public static ApiException ListFailed => new(StatusCode.Internal, "Error listing storage objects.");

    public static ApiException ReadFailed => new(StatusCode.Internal, "Error reading storage objects.");

    public static ApiException WriteFailed => new(StatusCode.Internal, "Error writing storage objects.");

    public static ApiException DeleteFailed => new(StatusCode.Internal, "Error deleting storage objects.");

    private static ApiException Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
