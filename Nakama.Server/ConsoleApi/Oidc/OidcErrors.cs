using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>The errors of signing in with OpenID Connect. Operators see them on the login page.</summary>
internal static class OidcErrors
{
    public static ApiException Off => new(StatusCode.FailedPrecondition, "Sign-in with OpenID Connect is not set up on this server.");

    public static ApiException PasswordsOff => new(StatusCode.PermissionDenied, "Passwords are not accepted here. Sign in with OpenID Connect.");

    public static ApiException IssuerAway => new(StatusCode.Unavailable, "The issuer of OpenID Connect could not be asked. Try again later.");

    public static ApiException TokenInvalid => new(StatusCode.Unauthenticated, "The ID token is invalid.");

    public static ApiException TokenExpired => new(StatusCode.Unauthenticated, "The ID token has expired. Sign in again.");

    public static ApiException TokenUsed => new(StatusCode.Unauthenticated, "The ID token was used before. Sign in again.");

    public static ApiException PendingInvalid => new(StatusCode.Unauthenticated, "This sign-in took too long. Sign in again.");

    public static ApiException NoRole => new(StatusCode.PermissionDenied, "Your account has no role for this console.");

    public static ApiException Disabled => new(StatusCode.PermissionDenied, "This operator is disabled.");

    public static ApiException TemplateNotPermitted =>
        new(StatusCode.PermissionDenied, "A template grants its permissions to roles of OpenID Connect, so it cannot have permissions that you lack.");

    public static ApiException AddressTaken =>
        new(StatusCode.PermissionDenied, "Your e-mail address belongs to an operator that signs in with another account.");
}
