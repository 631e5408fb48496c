namespace Nakama.Server.Security;

/// <summary>The two tokens of one login.</summary>
/// <param name="Token">The session token as sent to the client.</param>
/// <param name="RefreshToken">The refresh token as sent to the client.</param>
/// <param name="Session">The claims of the session token.</param>
public sealed record IssuedTokens(string Token, string RefreshToken, SessionToken Session);

/// <summary>The caller for which a password is hashed or checked, which decides its place in the queue.</summary>
/// <param name="Address">The client's network; empty for the node itself.</param>
/// <param name="ComesLast">Whether all other callers are served first.</param>
public readonly record struct PasswordCaller(string Address, bool ComesLast = false)
{
    /// <summary>Game logic, and other calls for which no client waits.</summary>
    public static PasswordCaller Node { get; } = new("");

    /// <summary>A client by its address.</summary>
    public static PasswordCaller At(ClientOrigin client) => new(ClientNetwork.Of(client.Ip));
}
