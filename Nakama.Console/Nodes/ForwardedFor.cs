using Microsoft.Extensions.Primitives;

namespace Nakama.Console.Nodes;

/// <summary>Tells a node whom the console asks for, as a proxy does.</summary>
internal static class ForwardedFor
{
    private const string Header = "X-Forwarded-For";

    /// <summary>Appends the address of a visitor to those that the visitor's request came with.</summary>
    public static void Add(HttpRequest visitor, HttpRequestMessage request)
    {
        if (visitor.HttpContext.Connection.RemoteIpAddress is not { } address) return;
        var chain = StringValues.Concat(visitor.Headers[Header], address.ToString());
        request.Headers.Remove(Header);
        request.Headers.TryAddWithoutValidation(Header, string.Join(", ", chain.ToArray()));
    }
}
