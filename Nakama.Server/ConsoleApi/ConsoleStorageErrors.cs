using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi;

/// <summary>The errors of the storage methods of the console.</summary>
internal static class ConsoleStorageErrors
{
    public static ApiException UserIdWhenGiven => Invalid("Requires a valid user ID when provided.");

    public static ApiException Filters => Invalid("Requires a valid combination of filters.");

    public static ApiException Cursor => new(StatusCode.Internal, "An error occurred while trying to decode console storage list request cursor.");

    public static ApiException CursorWithUser => Invalid("Cursor not allowed when filter only contains user ID.");

    public static ApiException CursorWithObject => Invalid("Cursor not allowed when filter only contains collection, key, and user ID.");

    public static ApiException CursorCollection => Invalid("Requires a matching cursor and collection filter property.");

    public static ApiException CursorKey => Invalid("Requires a matching cursor and key filter property.");

    public static ApiException CursorUser => Invalid("Requires a matching cursor and user ID filter property.");

    public static ApiException NotFound => new(StatusCode.NotFound, "Storage object not found.");

    public static ApiException Value => Invalid("Requires a valid JSON object value.");

    public static ApiException ReadPermission => Invalid("Requires a valid read permission read if supplied (0-2).");

    public static ApiException WritePermission => Invalid("Requires a valid write permission if supplied (0-1).");

    public static ApiException WriteFailed => new(StatusCode.Internal, "An error occurred while writing storage object.");

    public static ApiException DeleteFailed => new(StatusCode.Internal, "An error occurred while deleting storage object.");

    /// <summary>A version that does not match; operators get another status than players.</summary>
    public static ApiException Rejected(ApiException error) => new(StatusCode.Unknown, error.Message);

    private static ApiException Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
