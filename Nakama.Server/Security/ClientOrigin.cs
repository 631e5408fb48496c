namespace Nakama.Server.Security;

/// <summary>The origin of a client for lockout counting.</summary>
/// <param name="Ip">The address; empty when it is not known, and for the node itself.</param>
/// <param name="ToldBy">The untrusted peer that reported the address; null when the address is certain.</param>
public readonly record struct ClientOrigin(string Ip, string? ToldBy = null)
{
    private const string Prefix = "told by ";

    /// <summary>Game logic, whose attempts are not counted.</summary>
    public static ClientOrigin Node => new("");

    /// <summary>Whether the address is known, so that it may be locked out as such.</summary>
    public bool IsCertain => ToldBy is null;

    /// <summary>
    /// The network of the client; when the address is not certain, all clients that the same peer reported share one key. Used
    /// only
    /// for counts of an account, which that peer cannot evade by reporting other addresses.
    /// </summary>
    public string Key => ToldBy is null ? ClientNetwork.Of(Ip) : Prefix + ClientNetwork.Of(ToldBy);
}
