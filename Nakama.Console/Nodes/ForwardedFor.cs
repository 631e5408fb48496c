namespace Nakama.Console.Nodes;

/// <summary>Sends a node the address of the visitor, as a proxy does.</summary>
internal static class ForwardedFor
{
    private const string Header = "X-Forwarded-For";

    /// <summary>
    /// Sends the visitor's address only: trusted proxies are already resolved, and other addresses in the request's headers may
    /// be forged.
    /// </summary>
    public static void Add(HttpRequest visitor, HttpRequestMessage request)
    {
        if (visitor.HttpContext.Connection.RemoteIpAddress is not { } address) return;
        request.Headers.Remove(Header);
        request.Headers.TryAddWithoutValidation(Header, address.ToString());
    }
}
