namespace Nakama.Server.ConsoleApi;

/// <summary>An operator's account, as far as signing in needs it.</summary>
/// <param name="Password">The hash; null until an invitation was accepted.</param>
/// <param name="MfaSecret">Sealed; null while there is no second step.</param>
/// <param name="RecoveryCodes">Sealed, with commas between them; null while there is no second step.</param>
internal sealed record ConsoleUserRow(
    Guid Id,
    string Username,
    string Email,
    byte[]? Password,
    bool IsDisabled,
    byte[]? MfaSecret,
    byte[]? RecoveryCodes,
    bool MfaRequired,
    ConsoleAcl Acl,
    DateTimeOffset UpdatedAt);
