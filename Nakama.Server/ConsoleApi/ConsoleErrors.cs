using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi;

/// <summary>Every refusal of the console API itself.</summary>
public static class ConsoleErrors
{
    public static ApiError AuthenticationRequired => new(StatusCode.Unauthenticated, "Console authentication required.");

    public static ApiError AuthenticationInvalid => new(StatusCode.Unauthenticated, "Console authentication invalid.");

    public static ApiError TokenInvalid => new(StatusCode.Unauthenticated, "Token invalid.");

    public static ApiError NotPermitted =>
        new(StatusCode.PermissionDenied, "Unauthorized: you do not have permissions to access this resource.");

    public static ApiError TryAgainLater => new(StatusCode.ResourceExhausted, "Try again later.");

    public static ApiError InvalidCredentials => new(StatusCode.Unauthenticated, "Invalid credentials.");

    public static ApiError Disabled => new(StatusCode.PermissionDenied, "Invalid credentials.");

    public static ApiError MfaCodeRequired => new(StatusCode.PermissionDenied, "A MFA code is required.");

    public static ApiError MfaCodeMalformed => new(StatusCode.InvalidArgument, "The MFA code used is incorrectly formatted.");

    public static ApiError MfaCodeInvalid => new(StatusCode.Unauthenticated, "The MFA code is invalid.");

    public static ApiError MfaSetupCodeInvalid => new(StatusCode.InvalidArgument, "The MFA code is invalid.");

    public static ApiError CodeInvalid => new(StatusCode.Unauthenticated, "The code provided is invalid.");

    public static ApiError TokenOutdated => new(StatusCode.Unauthenticated, "The token is outdated.");

    public static ApiError ResetOutdated =>
        new(StatusCode.Unauthenticated, "The token is outdated. Please ask your administrator for a new password reset.");

    public static ApiError PasswordMissing => new(StatusCode.InvalidArgument, "Password must be set.");

    public static ApiError PasswordLength =>
        new(StatusCode.InvalidArgument, "Password must be between 12 and 128 characters long.");

    public static ApiError SettingInvalid => new(StatusCode.InvalidArgument, "Setting is invalid.");

    public static ApiError SettingNotFound => new(StatusCode.NotFound, "Setting not found.");

    public static ApiError SettingNotJson => new(StatusCode.Unknown, "invalid input syntax for type json");

    public static ApiError UserIdInvalid => new(StatusCode.InvalidArgument, "Requires a valid user ID.");

    public static ApiError WalletIdInvalid => new(StatusCode.InvalidArgument, "Requires a valid wallet ID.");

    public static ApiError PurchaseNotFound => new(StatusCode.NotFound, "Purchase not found");

    public static ApiError SubscriptionNotFound => new(StatusCode.NotFound, "subscription not found");

    public static ApiError PageLimit => new(StatusCode.InvalidArgument, "expects a limit value between 1 and 100");

    public static ApiError UsernameRequired => new(StatusCode.InvalidArgument, "Username is required");

    public static ApiError UsernameInvalid =>
        new(StatusCode.InvalidArgument, "Username must be 3-20 long sequence of alphanumeric characters _ or . and cannot start and end with _ or .");

    public static ApiError UsernameConfigured => new(StatusCode.InvalidArgument, "Username cannot be the console configured username");

    public static ApiError EmailRequired => new(StatusCode.InvalidArgument, "Email is required");

    public static ApiError EmailInvalid => new(StatusCode.InvalidArgument, "Not a valid email address");

    public static ApiError NoPermissions => new(StatusCode.InvalidArgument, "User must have at least some permissions.");

    public static ApiError MoreThanOwn =>
        new(StatusCode.InvalidArgument, "Cannot create users with more permissions that the one in session.");

    public static ApiError OwnConfiguration => new(StatusCode.FailedPrecondition, "Cannot change own configuration");

    public static ApiError OwnUser => new(StatusCode.FailedPrecondition, "Cannot delete own user");

    public static ApiError UserTaken => new(StatusCode.FailedPrecondition, "Username or Email already exists");

    public static ApiError UserNotFound => new(StatusCode.NotFound, "User not found");

    public static ApiError UserToChangeNotFound => new(StatusCode.NotFound, "User not found.");

    public static ApiError UserToDeleteNotFound => new(StatusCode.InvalidArgument, "User not found");

    public static ApiError TemplateNotSaved => new(StatusCode.Internal, "Error adding ACL template.");

    public static ApiError TemplateNotDeleted => new(StatusCode.Internal, "Error deleting ACL template.");

    public static ApiError TooManyFeeds => new(StatusCode.ResourceExhausted, "Too many live feeds are open.");
}
