using Nakama.Server.Errors;

namespace Nakama.Server.Authentication;

internal static class AuthenticationErrors
{
    public static ApiError UserNotFound => new(StatusCode.NotFound, "User account not found.");

    public static ApiError Banned => new(StatusCode.PermissionDenied, "User account banned.");

    public static ApiError InvalidCredentials => new(StatusCode.Unauthenticated, "Invalid credentials.");

    public static ApiError FindFailed => new(StatusCode.Internal, "Error finding user account.");

    public static ApiError CreateFailed => new(StatusCode.Internal, "Error finding or creating user account.");

    public static ApiError UsernameTaken => new(StatusCode.AlreadyExists, "Username is already in use.");

    public static ApiError UsernameCharacters => Invalid("Username invalid, no spaces or control characters allowed.");

    public static ApiError UsernameLength => Invalid("Username invalid, must be 1-128 bytes.");

    public static ApiError UsernameRequired => Invalid("Username is required when email address is not supplied.");

    public static ApiError DeviceIdRequired => Invalid("Device ID is required.");

    public static ApiError DeviceIdCharacters => Invalid("Device ID invalid, no spaces or control characters allowed.");

    public static ApiError DeviceIdLength => Invalid("Device ID invalid, must be 10-128 bytes.");

    public static ApiError CustomIdRequired => Invalid("Custom ID is required.");

    public static ApiError CustomIdCharacters => Invalid("Custom ID invalid, no spaces or control characters allowed.");

    public static ApiError CustomIdLength => Invalid("Custom ID invalid, must be 6-128 bytes.");

    public static ApiError EmailAndPasswordRequired => Invalid("Email address and password is required.");

    public static ApiError EmailCharacters => Invalid("Invalid email address, no spaces or control characters allowed.");

    public static ApiError EmailFormat => Invalid("Invalid email address format.");

    public static ApiError EmailLength => Invalid("Invalid email address, must be 10-255 bytes.");

    public static ApiError PasswordLength => Invalid("Password must be at least 8 characters long.");

    public static ApiError RefreshTokenRequired => Invalid("Refresh token is required.");

    public static ApiError RefreshTokenRefused => new(StatusCode.Unauthenticated, "Refresh token invalid or expired.");

    public static ApiError SessionTokenInvalid => Invalid("Session token invalid.");

    public static ApiError RefreshTokenInvalid => Invalid("Refresh token invalid.");

    private static ApiError Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
