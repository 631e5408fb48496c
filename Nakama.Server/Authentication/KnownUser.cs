namespace Nakama.Server.Authentication;

/// <summary>Someone who has an account.</summary>
/// <param name="Id">The user.</param>
/// <param name="Username">The current name.</param>
/// <param name="IsBanned">Must not sign in.</param>
/// <param name="PasswordHash">Only where it was asked for; null also when the account has none.</param>
internal sealed record KnownUser(Guid Id, string Username, bool IsBanned, byte[]? PasswordHash);

/// <summary>How the creation of an account ended.</summary>
internal enum Creation
{
    Created,

    /// <summary>Someone else has the username.</summary>
    UsernameTaken,

    /// <summary>Someone else has the identity, most likely the same client a moment earlier.</summary>
    IdentityTaken,
}
