using Nakama.Protocol.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>The rights of an operator for a resource, by position in the bitmap.</summary>
public enum AclRight
{
    Read = 0,
    Write = 1,
    Delete = 2,
}

/// <summary>The audit log entry of one method.</summary>
/// <param name="HasMetadata">Whether the request is stored with it.</param>
internal sealed record AuditRule(AuditLogAction Action, AclResources Resource, string Message, bool HasMetadata = true);

/// <summary>The caller of the console API.</summary>
/// <param name="Id">
/// The console user; null for the configured name and password in the header, the empty id for the root's token.
/// </param>
/// <param name="Username">The name at the time of the login.</param>
/// <param name="Email">Empty when there is none.</param>
/// <param name="Acl">The rights of the operator.</param>
/// <param name="Expiry">The expiry of the token, in seconds since the epoch; never for the header.</param>
public sealed record ConsoleOperator(Guid? Id, string Username, string Email, ConsoleAcl Acl, long Expiry);

/// <summary>The purpose of a signed console token.</summary>
internal enum ConsolePurpose
{
    /// <summary>Calls of a signed-in operator.</summary>
    Session,

    /// <summary>Setting up the second step.</summary>
    MfaEnrollment,

    /// <summary>Setting a password, also after an invitation.</summary>
    PasswordReset,

    /// <summary>Entering the code of an app after an ID token was verified.</summary>
    OidcCode,
}

/// <summary>The part of an operator's account that signing in needs.</summary>
/// <param name="Password">The hash; null until an invitation was accepted.</param>
/// <param name="MfaSecret">Encrypted; null while there is no second step.</param>
/// <param name="RecoveryCodes">Encrypted, separated by commas; null while there is no second step.</param>
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

/// <summary>An operator's account for management by others.</summary>
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
    /// <summary>The configured administrator has a row too, but is hidden from other operators.</summary>
    public bool IsRoot => Id == Guid.Empty;
}

/// <summary>The position of a note in the list of an account's notes.</summary>
internal readonly record struct NotePosition(DateTime CreatedAt, Guid Id)
{
    /// <summary>Before the newest note.</summary>
    public static readonly NotePosition Start = new(Database.DatabaseTime.Latest, Guid.AllBitsSet);
}

/// <summary>The entries of the audit log that an operator asks for.</summary>
/// <param name="Username">Empty for all operators.</param>
/// <param name="Resource">The number of a resource; null for all.</param>
/// <param name="Action">Unknown for all actions.</param>
/// <param name="After">The earliest time; null for the beginning.</param>
/// <param name="Before">The latest time; null for now.</param>
internal sealed record AuditFilter(string Username, int? Resource, AuditLogAction Action, DateTime? After, DateTime? Before);

/// <summary>The position of an entry in the audit log.</summary>
internal readonly record struct AuditPosition(DateTime CreatedAt, Guid Id);

/// <summary>An entry of the audit log with its position.</summary>
internal sealed record AuditEntry(AuditLogList.Types.AuditLog Message, AuditPosition Position);
