namespace Nakama.Server.Api;

/// <summary>The user that a valid session token names.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Username">The name when the token was made; it may have changed since.</param>
/// <param name="Vars">The session's variables; empty when there are none.</param>
/// <param name="Expiry">When the token ends, in seconds since the epoch.</param>
/// <param name="TokenId">The login that the token belongs to.</param>
public sealed record Caller(Guid UserId, string Username, IReadOnlyDictionary<string, string> Vars, long Expiry, string TokenId);
