using Nakama.Server.Errors;

namespace Nakama.Server.Authentication;

internal static class AuthenticationErrors
{
    public static ApiException UserNotFound => new(StatusCode.NotFound, "User account not found.");

    public static ApiException Banned => new(StatusCode.PermissionDenied, "User account banned.");

    public static ApiException InvalidCredentials => new(StatusCode.Unauthenticated, "Invalid credentials.");

    public static ApiException FindFailed => new(StatusCode.Internal, "Error finding user account.");

    public static ApiException CreateFailed => new(StatusCode.Internal, "Error finding or creating user account.");

    public static ApiException UsernameTaken => new(StatusCode.AlreadyExists, "Username is already in use.");

    public static ApiException UsernameCharacters => Invalid("Username invalid, no spaces or control characters allowed.");

    public static ApiException UsernameLength => Invalid("Username invalid, must be 1-128 bytes.");

    public static ApiException UsernameRequired => Invalid("Username is required when email address is not supplied.");

    public static ApiException DeviceIdRequired => Invalid("Device ID is required.");

    public static ApiException DeviceIdCharacters => Invalid("Device ID invalid, no spaces or control characters allowed.");

    public static ApiException DeviceIdLength => Invalid("Device ID invalid, must be 10-128 bytes.");

    public static ApiException CustomIdRequired => Invalid("Custom ID is required.");

    public static ApiException CustomIdCharacters => Invalid("Custom ID invalid, no spaces or control characters allowed.");

    public static ApiException CustomIdLength => Invalid("Custom ID invalid, must be 6-128 bytes.");

    public static ApiException EmailAndPasswordRequired => Invalid("Email address and password is required.");

    public static ApiException EmailCharacters => Invalid("Invalid email address, no spaces or control characters allowed.");

    public static ApiException EmailFormat => Invalid("Invalid email address format.");

    public static ApiException EmailLength => Invalid("Invalid email address, must be 10-255 bytes.");

    public static ApiException PasswordLength => Invalid("Password must be at least 8 characters long.");

    public static ApiException RefreshTokenRequired => Invalid("Refresh token is required.");

    public static ApiException RefreshTokenRefused => new(StatusCode.Unauthenticated, "Refresh token invalid or expired.");

    public static ApiException SessionTokenInvalid => Invalid("Session token invalid.");

    public static ApiException RefreshTokenInvalid => Invalid("Refresh token invalid.");

    private static ApiException Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
