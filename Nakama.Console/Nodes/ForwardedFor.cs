namespace Nakama.Console.Nodes;

/// <summary>Tells a node whom the console asks for, as a proxy does.</summary>
internal static class ForwardedFor
{
    private const string Header = "X-Forwarded-For";

    /// <summary>
    /// Names the visitor alone: proxies that the console trusts are accounted for already, and what else the visitor's request
    /// says of addresses anybody may have written.
    /// </summary>
    public static void Add(HttpRequest visitor, HttpRequestMessage request)
    {
        if (visitor.HttpContext.Connection.RemoteIpAddress is not { } address) return;
        request.Headers.Remove(Header);
        request.Headers.TryAddWithoutValidation(Header, address.ToString());
    }
}
