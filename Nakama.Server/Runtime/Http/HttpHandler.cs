namespace Nakama.Server.Runtime.Http;

/// <summary>A registered handler.</summary>
internal sealed record HttpHandler(HttpHandlerPath Path, HttpHandlerFunction Function)
{
    public bool Takes(string method) => Path.Methods.Count == 0 || Path.Methods.Contains(method);

    /// <summary>The values of a match by the names of the path's parameters.</summary>
    public Dictionary<string, string> Name(string[] values)
    {
        var named = new Dictionary<string, string>(values.Length, StringComparer.Ordinal);
        foreach (var segment in Path.Segments)
        {
            if (HttpHandlerPath.IsParameter(segment)) named.Add(HttpHandlerPath.ParameterOf(segment), values[named.Count]);
        }

        return named;
    }
}
