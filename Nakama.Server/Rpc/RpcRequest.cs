using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;

namespace Nakama.Server.Rpc;

/// <summary>
/// Reads function calls over HTTP: the body is one JSON string, or anything with the query key <c>unwrap</c>; <c>GET</c> has none.
/// </summary>
internal static class RpcRequest
{
    private const string Unwrap = "unwrap";

    /// <summary>Transport-level headers, which are not passed to functions.</summary>
    private static readonly FrozenSet<string> Unseen =
        FrozenSet.ToFrozenSet(["Grpc-Timeout", "Host", "Transfer-Encoding", "Trailer"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether payload and result are the bodies themselves.</summary>
    public static bool IsUnwrapped(RawRequest request) => request.Query.ContainsKey(Unwrap);

    /// <exception cref="Errors.ApiException">The body is not valid for a function call, or too large.</exception>
    public static ValueTask<string> ReadPayloadAsync(RawRequest request, CancellationToken cancellationToken) =>
        request.Verb == "GET" ? new("") : ReadBodyAsync(request, cancellationToken);

    public static RpcCall CallOf(RawRequest request, Caller? caller) => new()
    {
        Caller = caller,
        Headers = HeadersOf(request),
        QueryParameters = QueryOf(request),
        ClientIp = request.ClientIp,
        ClientPort = request.ClientPort,
    };

    private static async ValueTask<string> ReadBodyAsync(RawRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(cancellationToken);
        if (IsUnwrapped(request)) return Encoding.UTF8.GetString(body.Span);
        return TryReadText(body.Span, out var payload) ? payload : throw RpcErrors.PayloadNotText;
    }

    /// <summary>Reads a body that must be one JSON string; an empty body and null count as an empty one.</summary>
    private static bool TryReadText(ReadOnlySpan<byte> body, out string text)
    {
        text = "";
        if (body.IndexOfAnyExcept(" \t\r\n"u8) < 0) return true;
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) text = reader.GetString()!;
            else if (reader.TokenType != JsonTokenType.Null) return false;
            return !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Dictionary<string, StringValues> HeadersOf(RawRequest request)
    {
        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers)
        {
            if (!Unseen.Contains(name)) headers[HeaderName.Canonical(name)] = values;
        }

        return headers;
    }

    private static IReadOnlyDictionary<string, StringValues> QueryOf(RawRequest request)
    {
        if (!request.Query.ContainsKey(GameCredentialCheck.HttpKeyParameter)) return request.Query;
        var query = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Query)
        {
            if (name != GameCredentialCheck.HttpKeyParameter) query[name] = values;
        }

        return query;
    }
}
