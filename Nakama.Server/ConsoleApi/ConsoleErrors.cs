using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi;

/// <summary>The errors of the console API itself.</summary>
public static class ConsoleErrors
{
    public static ApiException AuthenticationRequired => new(StatusCode.Unauthenticated, "Console authentication required.");

    public static ApiException AuthenticationInvalid => new(StatusCode.Unauthenticated, "Console authentication invalid.");

    public static ApiException TokenInvalid => new(StatusCode.Unauthenticated, "Token invalid.");

    public static ApiException NotPermitted =>
        new(StatusCode.PermissionDenied, "Unauthorized: you do not have permissions to access this resource.");

    public static ApiException TryAgainLater => new(StatusCode.ResourceExhausted, "Try again later.");

    public static ApiException InvalidCredentials => new(StatusCode.Unauthenticated, "Invalid credentials.");

    public static ApiException Disabled => new(StatusCode.PermissionDenied, "Invalid credentials.");

    public static ApiException MfaCodeRequired => new(StatusCode.PermissionDenied, "A MFA code is required.");

    public static ApiException MfaCodeMalformed => new(StatusCode.InvalidArgument, "The MFA code used is incorrectly formatted.");

    public static ApiException MfaCodeInvalid => new(StatusCode.Unauthenticated, "The MFA code is invalid.");

    public static ApiException MfaSetupCodeInvalid => new(StatusCode.InvalidArgument, "The MFA code is invalid.");

    public static ApiException CodeInvalid => new(StatusCode.Unauthenticated, "The code provided is invalid.");

    public static ApiException TokenOutdated => new(StatusCode.Unauthenticated, "The token is outdated.");

    public static ApiException ResetOutdated =>
        new(StatusCode.Unauthenticated, "The token is outdated. Please ask your administrator for a new password reset.");

    public static ApiException PasswordMissing => new(StatusCode.InvalidArgument, "Password must be set.");

    public static ApiException PasswordLength =>
        new(StatusCode.InvalidArgument, "Password must be between 12 and 128 characters long.");

    public static ApiException SettingInvalid => new(StatusCode.InvalidArgument, "Setting is invalid.");

    public static ApiException SettingNotFound => new(StatusCode.NotFound, "Setting not found.");

    public static ApiException SettingNotJson => new(StatusCode.Internal, "An error occurred while trying to update the setting.");

    public static ApiException UserIdInvalid => new(StatusCode.InvalidArgument, "Requires a valid user ID.");

    public static ApiException WalletIdInvalid => new(StatusCode.InvalidArgument, "Requires a valid wallet ledger item ID.");

    public static ApiException LedgerCursor => new(StatusCode.Internal, "An error occurred while trying to list the user's wallet ledger.");

    public static ApiException PurchasesCursor => new(StatusCode.Internal, "Error listing purchases.");

    public static ApiException UserIdFilter => new(StatusCode.InvalidArgument, "expects a valid user ID filter");

    public static ApiException PurchaseNotFound => new(StatusCode.NotFound, "Purchase not found");

    public static ApiException SubscriptionNotFound => new(StatusCode.NotFound, "subscription not found");

    public static ApiException PageLimit => new(StatusCode.InvalidArgument, "expects a limit value between 1 and 100");

    public static ApiException UsernameRequired => new(StatusCode.InvalidArgument, "Username is required");

    public static ApiException UsernameInvalid =>
        new(StatusCode.InvalidArgument, "Username must be 3-20 long sequence of alphanumeric characters _ or . and cannot start and end with _ or .");

    public static ApiException UsernameConfigured => new(StatusCode.InvalidArgument, "Username cannot be the console configured username");

    public static ApiException EmailRequired => new(StatusCode.InvalidArgument, "Email is required");

    public static ApiException EmailInvalid => new(StatusCode.InvalidArgument, "Not a valid email address");

    public static ApiException NoPermissions => new(StatusCode.InvalidArgument, "User must have at least some permissions.");

    public static ApiException MoreThanOwn =>
        new(StatusCode.InvalidArgument, "Cannot create users with more permissions that the one in session.");

    public static ApiException OwnConfiguration => new(StatusCode.FailedPrecondition, "Cannot change own configuration");

    public static ApiException OwnUser => new(StatusCode.FailedPrecondition, "Cannot delete own user");

    public static ApiException UserTaken => new(StatusCode.FailedPrecondition, "Username or Email already exists");

    public static ApiException UserNotFound => new(StatusCode.NotFound, "User not found");

    public static ApiException UserToChangeNotFound => new(StatusCode.NotFound, "User not found.");

    public static ApiException UserToDeleteNotFound => new(StatusCode.InvalidArgument, "User not found");

    public static ApiException TemplateNotSaved => new(StatusCode.Internal, "Error adding ACL template.");

    public static ApiException TemplateNotDeleted => new(StatusCode.Internal, "Error deleting ACL template.");

    public static ApiException TooManyFeeds => new(StatusCode.ResourceExhausted, "Too many live feeds are open.");

    public static ApiException FriendIdInvalid => new(StatusCode.InvalidArgument, "Requires a valid friend ID.");

    /// <summary>The database's own text, which operators get where they enter values that only the database checks.</summary>
    public static ApiException Statement(Npgsql.PostgresException error) =>
        new(StatusCode.Unknown, $"{error.Severity}: {error.MessageText} (SQLSTATE {error.SqlState})");
}
