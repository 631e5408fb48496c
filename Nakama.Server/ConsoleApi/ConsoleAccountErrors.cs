using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi;

/// <summary>The errors of operators' account methods.</summary>
internal static class ConsoleAccountErrors
{
    public static ApiException NotFound => new(StatusCode.NotFound, "Account not found.");

    public static ApiException CursorInvalid => new(StatusCode.Internal, "An error occurred while trying to decode account list request cursor.");

    public static ApiException SystemUserBan => Invalid("Cannot ban the system user.");

    public static ApiException SystemUserUnban => Invalid("Cannot unban the system user.");

    public static ApiException SystemUserUpdate => Invalid("Cannot update the system user.");

    public static ApiException SystemUserDelete => new(StatusCode.Internal, "An error occurred while trying to delete the user.");

    public static ApiException UsernameEmpty => Invalid("Username cannot be empty.");

    public static ApiException UsernameCharacters => Invalid("Username cannot contain spaces or control characters.");

    public static ApiException UsernameLength => Invalid("Username invalid, must be 1-128 bytes.");

    public static ApiException MetadataNotObject => Invalid("Metadata must be a valid JSON object.");

    public static ApiException WalletNotObject => Invalid("Wallet must be a valid JSON object with only string keys and integer values.");

    public static ApiException CustomIdCharacters => Invalid("Custom ID invalid, no spaces or control characters allowed.");

    public static ApiException CustomIdLength => Invalid("Custom ID invalid, must be 6-128 bytes.");

    public static ApiException DeviceIdCharacters => Invalid("New device ID invalid, no spaces or control characters allowed.");

    public static ApiException DeviceIdLength => Invalid("New device ID invalid, must be 10-128 bytes.");

    public static ApiException OldDeviceIdLength => Invalid("Old device ID invalid, must be 10-128 bytes.");

    public static ApiException UpdateFailed => new(StatusCode.Internal, "An error occurred while trying to update the user.");

    public static ApiException EmailCharacters => Invalid("Invalid email address, no spaces or control characters allowed.");

    public static ApiException EmailFormat => Invalid("Invalid email address format.");

    public static ApiException EmailLength => Invalid("Invalid email address, must be 10-255 bytes.");

    public static ApiException PasswordLength => Invalid("Password must be at least 8 characters long.");

    public static ApiException PasswordTooLong => Invalid("Password must not be longer than 72 bytes.");

    public static ApiException DeviceIdRequired => Invalid("Requires a valid device ID.");

    // Clients of the console rely on this status; the reference server's message gives no useful details.
    public static ApiException Taken(string what) => new(StatusCode.Internal, $"{what} is already in use.");

    public static ApiException WalletNegative(string key) => Invalid($"Wallet rejected negative value at path '{key}'.");

    public static ApiException LastIdentifier(string what) =>
        new(StatusCode.PermissionDenied, $"Cannot unlink {what} when there are no other identifiers.");

    private static ApiException Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
