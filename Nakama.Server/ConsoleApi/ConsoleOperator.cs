namespace Nakama.Server.ConsoleApi;

/// <summary>Who calls the console API.</summary>
/// <param name="Id">The console user; null for the configured name and password in the header, the empty id for the root's token.</param>
/// <param name="Username">The name at the time of the login.</param>
/// <param name="Email">Empty when there is none.</param>
/// <param name="Acl">What the operator may do.</param>
/// <param name="Expiry">When the token ends, in seconds since the epoch; never for the header.</param>
public sealed record ConsoleOperator(Guid? Id, string Username, string Email, ConsoleAcl Acl, long Expiry);
