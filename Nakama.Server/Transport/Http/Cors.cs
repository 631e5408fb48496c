namespace Nakama.Server.Transport.Http;

/// <summary>Allows pages from any origin to use a listener.</summary>
/// <param name="methods">The verbs that they may use.</param>
/// <param name="headers">Request headers that they may send in addition to the usual ones, in canonical form.</param>
/// <param name="exposed">Response headers that they may read, joined by commas; empty for only the usual ones.</param>
internal sealed class Cors(string[] methods, string[]? headers = null, string exposed = "")
{
    private static readonly string[] PlainMethods = ["GET", "HEAD", "POST"];
    private static readonly string[] PlainHeaders = ["Accept", "Accept-Language", "Content-Language", "Origin"];
    private static readonly string[] UsualHeaders = ["Authorization", "Content-Type", "User-Agent"];

    private readonly string[] _headers = [.. UsualHeaders, .. headers ?? []];

    /// <summary>
    /// Adds the CORS headers to the answer of a cross-origin request and answers preflights. True when the request is complete.
    /// </summary>
    public bool Handle(HttpContext context)
    {
        var isOptions = HttpMethods.IsOptions(context.Request.Method);
        if (context.Request.Headers.Origin.ToString().Length == 0) return isOptions;
        if (isOptions && !TryAllow(context)) return true;
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (exposed.Length > 0 && !isOptions) context.Response.Headers.AccessControlExposeHeaders = exposed;
        return isOptions;
    }

    private bool TryAllow(HttpContext context)
    {
        var asked = context.Request.Headers;
        if (asked.AccessControlRequestMethod.Count == 0) return Refuse(context, StatusCodes.Status400BadRequest);
        var method = asked.AccessControlRequestMethod[0] ?? "";
        if (!methods.Contains(method)) return Refuse(context, StatusCodes.Status405MethodNotAllowed);

        var allowed = new List<string>();
        foreach (var name in (asked.AccessControlRequestHeaders.FirstOrDefault() ?? "").Split(','))
        {
            var header = Canonical(name.Trim());
            if (header.Length == 0 || PlainHeaders.Contains(header)) continue;
            if (!_headers.Contains(header)) return Refuse(context, StatusCodes.Status403Forbidden);
            allowed.Add(header);
        }

        if (allowed.Count > 0) context.Response.Headers.AccessControlAllowHeaders = string.Join(',', allowed);
        if (!PlainMethods.Contains(method)) context.Response.Headers.AccessControlAllowMethods = method;
        return true;
    }

    private static bool Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return false;
    }

    /// <summary>Upper case at the start and after each dash, lower case elsewhere.</summary>
    private static string Canonical(string name) => string.Create(name.Length, name, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = i == 0 || source[i - 1] == '-' ? char.ToUpperInvariant(source[i]) : char.ToLowerInvariant(source[i]);
    });
}
