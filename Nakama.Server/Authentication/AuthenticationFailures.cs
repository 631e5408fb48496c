using Nakama.Server.Database;

namespace Nakama.Server.Authentication;

/// <summary>What failing statements of a sign-in are told as; which of them it was decides the sentence.</summary>
internal static class AuthenticationFailures
{
    public static readonly StatementFailure Find = new("Finding a user", static () => AuthenticationErrors.FindFailed);

    public static readonly StatementFailure Create = new("Creating a user", static () => AuthenticationErrors.CreateFailed);
}
