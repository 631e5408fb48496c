using Nakama.Server.Errors;

namespace Nakama.Server.Friends;

/// <summary>The errors of the friend methods.</summary>
public static class FriendErrors
{
    public const string AddSelfReason = "ADD_SELF";
    public const string DeleteSelfReason = "DELETE_SELF";
    public const string BlockSelfReason = "BLOCK_SELF";
    public const string NobodyGivenReason = "NOBODY_GIVEN";

    public static ApiException AddSelf => Invalid("Cannot add self as friend.", AddSelfReason);

    public static ApiException DeleteSelf => Invalid("Cannot delete self.", DeleteSelfReason);

    public static ApiException BlockSelf => Invalid("Cannot block self.", BlockSelfReason);

    public static ApiException EmptyUsername => Invalid("Username must not be empty.");

    public static ApiException NobodyGiven => Invalid("No valid ID or username was provided.", NobodyGivenReason);

    public static ApiException Limit => Invalid("Invalid limit - limit must be between 1 and 1000.");

    public static ApiException FriendsOfFriendsLimit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiException Metadata => Invalid("Metadata holds a number that is out of range.");

    public static ApiException State => Invalid("Invalid state - state must be between 0 and 3.");

    public static ApiException Cursor => Invalid("Cursor is invalid.");

    public static ApiException AddFailed => new(StatusCode.Internal, "Error while trying to add friends.");

    public static ApiException DeleteFailed => new(StatusCode.Internal, "Error while trying to delete friends.");

    public static ApiException BlockFailed => new(StatusCode.Internal, "Error while trying to block friends.");

    /// <summary>The user's account no longer exists; every later request with its token fails with this error.</summary>
    public static ApiException UserGone => new(StatusCode.Unauthenticated, "Auth token invalid");

    public static ApiException ListFailed => new(StatusCode.Internal, "Error while trying to list friends.");

    public static ApiException UserId(string id) => Invalid($"Invalid user ID '{id}'.");

    private static ApiException Invalid(string message, string? reason = null) => new(StatusCode.InvalidArgument, message) { Reason = reason };
}
