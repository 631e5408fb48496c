namespace Nakama.Server.Security;

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
