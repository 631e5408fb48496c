using Nakama.Server.Errors;

namespace Nakama.Server.Transport.Http;

/// <summary>One key of a query with all its values, in order of appearance.</summary>
internal sealed class QueryParameter(string key)
{
    public string Key { get; } = key;

    public List<string> Values { get; } = [];

    /// <summary>False when a value contained bytes that are not valid UTF-8.</summary>
    public bool IsUtf8 { get; set; } = true;
}

/// <summary>Parses the query of a URL.</summary>
internal static class QueryText
{
    /// <exception cref="ApiException">A broken escape, or a semicolon.</exception>
    public static List<QueryParameter> Parse(ReadOnlySpan<char> query)
    {
        var parameters = Parse(query, out var fault);
        return fault is null ? parameters : throw fault;
    }

    /// <summary>The same, but invalid parts are left out.</summary>
    public static List<QueryParameter> ParseWhatCan(ReadOnlySpan<char> query) => Parse(query, out _);

    private static List<QueryParameter> Parse(ReadOnlySpan<char> query, out ApiException? firstFault)
    {
        var parameters = new List<QueryParameter>();
        firstFault = null;
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty) continue;
            if (pair.Contains(';'))
            {
                firstFault ??= Fault("invalid semicolon separator in query");
                continue;
            }

            var equals = pair.IndexOf('=');
            var key = UrlText.Decode(equals < 0 ? pair : pair[..equals], plusIsSpace: true, out _, out var badKey);
            var value = UrlText.Decode(equals < 0 ? [] : pair[(equals + 1)..], plusIsSpace: true, out var isUtf8, out var badValue);
            if (key is null || value is null)
            {
                firstFault ??= Fault($"invalid URL escape {GoText.Quote(key is null ? badKey : badValue)}");
                continue;
            }

            Add(parameters, key, value, isUtf8);
        }

        return parameters;
    }

    private static void Add(List<QueryParameter> parameters, string key, string value, bool isUtf8)
    {
        foreach (var known in parameters)
        {
            if (known.Key != key) continue;
            known.Values.Add(value);
            known.IsUtf8 &= isUtf8;
            return;
        }

        var added = new QueryParameter(key) { IsUtf8 = isUtf8 };
        added.Values.Add(value);
        parameters.Add(added);
    }

    private static ApiException Fault(string text) => new(StatusCode.InvalidArgument, text);
}
