using Nakama.Server.Errors;

namespace Nakama.Server.Accounts;

internal static class AccountErrors
{
    public static ApiException NotFound => new(StatusCode.NotFound, "Account not found.");

    public static ApiException GetFailed => new(StatusCode.Internal, "Error retrieving user account.");

    public static ApiException UsersFailed => new(StatusCode.Internal, "Error retrieving user accounts.");

    public static ApiException UsernameLength => new(StatusCode.InvalidArgument, "Username invalid, must be 1-128 bytes.");

    public static ApiException UsernameCharacters => new(StatusCode.InvalidArgument, "Username invalid, no spaces or control characters allowed.");

    public static ApiException NothingToUpdate => new(StatusCode.InvalidArgument, "No fields to update.");

    /// <summary>The reference server wraps one error in another, and clients rely on its text.</summary>
    public static ApiException UsernameTaken => new(StatusCode.InvalidArgument, "rpc error: code = AlreadyExists desc = Username is already in use.");

    public static ApiException UpdateFailed => new(StatusCode.Internal, "Error while trying to update account.");

    public static ApiException DeleteFailed => new(StatusCode.Internal, "Error deleting user account.");

    public static ApiException BadUserId(string id) => new(StatusCode.InvalidArgument, $"ID '{id}' is not a valid system ID.");

    public static ApiException PasswordWithoutEmail =>
        new(StatusCode.InvalidArgument, "Cannot set a password on an account with no email address.");

    public static ApiException ExportTooLarge => new(StatusCode.ResourceExhausted, "The account is too large to be exported.");

    public static ApiException ImportWithoutAccount => ImportRefused("it has no account with a user");

    public static ApiException ImportIdInvalid => new(StatusCode.InvalidArgument, "Requires a valid user ID.");

    // Clients of the console rely on these three texts and their status.
    public static ApiException ImportAccountMissing => new(StatusCode.Unknown, "Error updating user account during import.");

    public static ApiException ImportIdTaken => new(StatusCode.Unknown, "User identifier already exists.");

    public static ApiException ImportUsernameTaken => new(StatusCode.Unknown, "Username already in use.");

    public static ApiException ImportRefused(string reason) => new(StatusCode.InvalidArgument, $"Account data is not valid: {reason}.");

    public static ApiException DeviceOfOther => new(StatusCode.InvalidArgument, "Device ID is already linked to a different user.");

    public static ApiException LastIdentifier =>
        new(StatusCode.InvalidArgument, "Cannot unlink last account identifier. Check profile exists and is not last link.");
}
