namespace Nakama.Server.ConsoleApi;

/// <summary>An operator's account as others see and change it.</summary>
/// <param name="MfaEnabled">Whether a second step is set up.</param>
internal sealed record OperatorRow(
    Guid Id,
    string Username,
    string Email,
    ConsoleAcl Acl,
    bool MfaRequired,
    bool MfaEnabled,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>The configured administrator has a row, too, but is no user that others see.</summary>
    public bool IsRoot => Id == Guid.Empty;
}
