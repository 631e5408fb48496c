namespace Nakama.Server.Security;

/// <summary>The two tokens of one login.</summary>
/// <param name="Token">The session token as sent to the client.</param>
/// <param name="RefreshToken">The refresh token as sent to the client.</param>
/// <param name="Session">What the session token says.</param>
public sealed record IssuedTokens(string Token, string RefreshToken, SessionToken Session);

/// <summary>For whom a password is hashed or checked, which decides when its turn comes.</summary>
/// <param name="Address">The client's network; empty for the node itself.</param>
/// <param name="ComesLast">Whether everybody else is served first.</param>
public readonly record struct PasswordCaller(string Address, bool ComesLast = false)
{
    /// <summary>Game logic, and whatever else no client waits for.</summary>
    public static PasswordCaller Node { get; } = new("");

    /// <summary>A client by its address.</summary>
    public static PasswordCaller At(ClientOrigin client) => new(ClientNetwork.Of(client.Ip));
}
