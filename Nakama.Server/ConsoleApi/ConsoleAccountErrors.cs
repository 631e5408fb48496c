using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi;

/// <summary>The refusals that operators see about accounts.</summary>
internal static class ConsoleAccountErrors
{
    public static ApiError NotFound => new(StatusCode.NotFound, "Account not found.");

    public static ApiError CursorInvalid => Invalid("Invalid cursor.");

    public static ApiError SystemUserBan => Invalid("Cannot ban the system user.");

    public static ApiError SystemUserUnban => Invalid("Cannot unban the system user.");

    public static ApiError SystemUserUpdate => Invalid("Cannot update the system user.");

    public static ApiError SystemUserDelete => new(StatusCode.Unknown, "cannot delete the system user");

    public static ApiError UsernameEmpty => Invalid("Username cannot be empty.");

    public static ApiError UsernameCharacters => Invalid("Username cannot contain spaces or control characters.");

    public static ApiError UsernameLength => Invalid("Username invalid, must be 1-128 bytes.");

    public static ApiError MetadataNotObject => Invalid("Metadata must be a valid JSON object.");

    public static ApiError WalletNotObject => Invalid("Wallet must be a valid JSON object with only string keys and integer values.");

    public static ApiError CustomIdCharacters => Invalid("Invalid custom ID, no spaces or control characters allowed.");

    public static ApiError CustomIdLength => Invalid("Invalid custom ID, must be 6-128 bytes.");

    public static ApiError DeviceIdCharacters => Invalid("Device ID invalid, no spaces or control characters allowed.");

    public static ApiError DeviceIdLength => Invalid("Device ID invalid, must be 10-128 bytes.");

    public static ApiError EmailCharacters => Invalid("Invalid email address, no spaces or control characters allowed.");

    public static ApiError EmailFormat => Invalid("Invalid email address format.");

    public static ApiError EmailLength => Invalid("Invalid email address, must be 10-255 bytes.");

    public static ApiError PasswordLength => Invalid("Password must be at least 8 characters long.");

    public static ApiError PasswordTooLong => Invalid("Password must not be longer than 72 bytes.");

    public static ApiError DeviceIdRequired => Invalid("Requires a valid device ID.");

    // The status is the one that clients of the console know; the reference server says nothing of use with it.
    public static ApiError Taken(string what) => new(StatusCode.Internal, $"{what} is already in use.");

    public static ApiError WalletNegative(string key) => Invalid($"Wallet rejected negative value at path '{key}'.");

    public static ApiError LastIdentifier(string what) =>
        new(StatusCode.PermissionDenied, $"Cannot unlink {what} when there are no other identifiers.");

    private static ApiError Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
