using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>What an operator may do with a resource, by its place in the bitmap.</summary>
public enum AclRight
{
    Read = 0,
    Write = 1,
    Delete = 2,
}

/// <summary>What the audit log says about one method.</summary>
/// <param name="HasMetadata">Whether the request is kept with it.</param>
internal sealed record AuditRule(AuditLogAction Action, AclResources Resource, string Message, bool HasMetadata = true);

/// <summary>Who calls the console API.</summary>
/// <param name="Id">The console user; null for the configured name and password in the header, the empty id for the root's token.</param>
/// <param name="Username">The name at the time of the login.</param>
/// <param name="Email">Empty when there is none.</param>
/// <param name="Acl">What the operator may do.</param>
/// <param name="Expiry">When the token ends, in seconds since the epoch; never for the header.</param>
public sealed record ConsoleOperator(Guid? Id, string Username, string Email, ConsoleAcl Acl, long Expiry);

/// <summary>What a signed text of the console is for.</summary>
internal enum ConsolePurpose
{
    /// <summary>Calls of an operator who signed in.</summary>
    Session,

    /// <summary>Setting up the second step.</summary>
    SecondStepSetup,

    /// <summary>Choosing a password, after an invitation too.</summary>
    PasswordReset,
}

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
