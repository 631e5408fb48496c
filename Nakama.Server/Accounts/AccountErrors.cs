using Nakama.Server.Errors;

namespace Nakama.Server.Accounts;

internal static class AccountErrors
{
    public static ApiError NotFound => new(StatusCode.NotFound, "Account not found.");

    public static ApiError GetFailed => new(StatusCode.Internal, "Error retrieving user account.");

    public static ApiError UsersFailed => new(StatusCode.Internal, "Error retrieving user accounts.");

    public static ApiError UsernameLength => new(StatusCode.InvalidArgument, "Username invalid, must be 1-128 bytes.");

    public static ApiError UsernameCharacters => new(StatusCode.InvalidArgument, "Username invalid, no spaces or control characters allowed.");

    public static ApiError NothingToUpdate => new(StatusCode.InvalidArgument, "No fields to update.");

    /// <summary>The reference server wraps one refusal in another, and clients know its text.</summary>
    public static ApiError UsernameTaken => new(StatusCode.InvalidArgument, "rpc error: code = AlreadyExists desc = Username is already in use.");

    public static ApiError UpdateFailed => new(StatusCode.Internal, "Error while trying to update account.");

    public static ApiError DeleteFailed => new(StatusCode.Internal, "Error deleting user account.");

    public static ApiError BadUserId(string id) => new(StatusCode.InvalidArgument, $"ID '{id}' is not a valid system ID.");

    public static ApiError PasswordWithoutEmail =>
        new(StatusCode.InvalidArgument, "Cannot set a password on an account with no email address.");

    public static ApiError LastIdentifier =>
        new(StatusCode.InvalidArgument, "Cannot unlink last account identifier. Check profile exists and is not last link.");
}
