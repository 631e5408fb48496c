namespace Nakama.Server.Security;

/// <summary>The two tokens of one login.</summary>
/// <param name="Token">The session token as sent to the client.</param>
/// <param name="RefreshToken">The refresh token as sent to the client.</param>
/// <param name="Session">What the session token says.</param>
public sealed record IssuedTokens(string Token, string RefreshToken, SessionToken Session);
