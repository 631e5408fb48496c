using Nakama.Server.Database;

namespace Nakama.Server.Authentication;

/// <summary>The errors for failing statements of a sign-in; the statement decides the message.</summary>
internal static class AuthenticationFailures
{
    public static readonly StatementFailure Find = new("Finding a user", static () => AuthenticationErrors.FindFailed);

    public static readonly StatementFailure Create = new("Creating a user", static () => AuthenticationErrors.CreateFailed);
}
