namespace Nakama.Server.Authentication;

/// <summary>A user that has an account.</summary>
/// <param name="Id">The user.</param>
/// <param name="Username">The current name.</param>
/// <param name="IsBanned">Whether the user must not sign in.</param>
/// <param name="PasswordHash">Only where it was requested; null also when the account has none.</param>
internal sealed record KnownUser(Guid Id, string Username, bool IsBanned, byte[]? PasswordHash);

/// <summary>The result of creating an account.</summary>
internal enum Creation
{
    Created,

    /// <summary>Another user has the username.</summary>
    UsernameTaken,

    /// <summary>Another user has the identity, most likely due to a concurrent request of the same client.</summary>
    IdentityTaken,
}
