namespace Nakama.Server.Hooks;

/// <summary>The caller that caused a hook to run. Server-key calls have an empty user and no expiry.</summary>
/// <param name="UserId">The user, or the empty id.</param>
/// <param name="Username">The name in the token, or empty.</param>
/// <param name="Vars">The token's variables.</param>
/// <param name="Expiry">When the token expires, in seconds since the epoch; 0 without a token.</param>
/// <param name="SessionId">The socket's session, or the empty id for requests.</param>
/// <param name="Lang">The socket's language, or empty for requests.</param>
/// <param name="ClientIp">The client's address, or empty when unknown.</param>
/// <param name="ClientPort">The client's port, or empty when unknown.</param>
public sealed record HookCaller(
    Guid UserId,
    string Username,
    IReadOnlyDictionary<string, string> Vars,
    long Expiry,
    Guid SessionId,
    string Lang,
    string ClientIp,
    string ClientPort);
