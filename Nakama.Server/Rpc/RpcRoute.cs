using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Metrics;

namespace Nakama.Server.Rpc;

/// <summary>
/// Function calls over HTTP: <c>GET</c> or <c>POST /v2/rpc/{id}</c>. A session token or the HTTP key opens it; the body is
/// one JSON text, or anything with the query key <c>unwrap</c>.
/// </summary>
internal sealed class RpcRoute(
    RpcRegistry functions, GameCredentialCheck credentials, RequestRateLimits limits, ServerMetrics metrics, TimeProvider clock, ILogger<RpcRoute> log)
    : IRawRoute
{
    private const string HttpKey = "http_key";
    private const string Unwrap = "unwrap";

    /// <summary>Headers about the way of the request and not the request, which functions do not get to see.</summary>
    private static readonly FrozenSet<string> Unseen =
        FrozenSet.ToFrozenSet(["Grpc-Timeout", "Host", "Transfer-Encoding", "Trailer"], StringComparer.OrdinalIgnoreCase);

    public ApiAudience Audience => ApiAudience.Games;

    public string Prefix => "/v2/rpc/";

    public bool Takes(string verb) => verb is "GET" or "POST";

    public async ValueTask<RawAnswer> HandleAsync(RawRequest request, CancellationToken cancellationToken)
    {
        Caller? caller;
        RpcFunction function;
        string payload;
        var isUnwrapped = false;
        try
        {
            caller = FindCaller(request);
            if (caller is not null && !limits.AdmitsUser(caller.UserId)) return RpcAnswers.TooMany;
            if (request.Rest.Length == 0) throw RpcErrors.IdRequired;
            function = functions.Find(request.Rest) ?? throw RpcErrors.NotFound;
            isUnwrapped = request.Query.ContainsKey(Unwrap);
            payload = await ReadPayloadAsync(request, isUnwrapped, cancellationToken);
        }
        catch (ApiError refusal) when (IsOurs(refusal))
        {
            return RpcAnswers.Refusal(refusal);
        }

        return await RunAsync(function, request, caller, payload, isUnwrapped, cancellationToken);
    }

    private async ValueTask<RawAnswer> RunAsync(RpcFunction function, RawRequest request, Caller? caller, string payload, bool isUnwrapped, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        var code = StatusCode.Ok;
        RawAnswer answer;
        try
        {
            var result = await function(CallOf(request, caller), payload, cancellationToken) ?? "";
            if (Encoding.UTF8.GetByteCount(result) > ApiAnswers.MaxBytes) throw new ApiError(StatusCode.ResourceExhausted, ApiAnswers.TooLargeText);
            answer = isUnwrapped ? RpcAnswers.Bare(result, request.ContentType) : RpcAnswers.Wrapped(result);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            if (error is not ApiError) RpcFailures.Log(log, error, request.Rest, payload);
            var refusal = error as ApiError ?? new ApiError(StatusCode.Internal, ApiErrors.InternalText);
            code = refusal.Status;
            answer = RpcAnswers.Failure(refusal);
        }

        metrics.RpcDone("api_rpc", request.Rest.ToLowerInvariant(), code, payload.Length, answer.Body.Length, clock.GetElapsedTime(startedAt));
        return answer;
    }

    /// <summary>Whether the HTTP key comes with the request.</summary>
    public bool IsTrusted(RawRequest request)
    {
        try
        {
            return FindCaller(request) is null;
        }
        catch (ApiError)
        {
            return false;
        }
    }

    /// <summary>The user, or null for a server that knows the key.</summary>
    private Caller? FindCaller(RawRequest request)
    {
        if (request.Query.TryGetValue(HttpKey, out var keys) && keys is [{ Length: > 0 } key, ..])
            return credentials.IsHttpKey(Encoding.UTF8.GetBytes(key)) ? null : throw ApiErrors.HttpKeyInvalid;
        if (request.Authorization.Count == 0) throw ApiErrors.TokenOrHttpKeyRequired;
        if (GameCredentialCheck.TryGetBasicName(request.Authorization[0] ?? "", out var name))
            return credentials.IsHttpKey(name) ? null : throw ApiErrors.HttpKeyInvalid;
        return credentials.FindCaller(request.Authorization);
    }

    private static async ValueTask<string> ReadPayloadAsync(RawRequest request, bool isUnwrapped, CancellationToken cancellationToken)
    {
        if (request.Verb == "GET") return "";
        var body = await request.ReadBodyAsync(cancellationToken);
        if (isUnwrapped) return Encoding.UTF8.GetString(body.Span);
        return RpcAnswers.TryReadText(body.Span, out var payload) ? payload : throw RpcErrors.PayloadNotText;
    }

    private static RpcCall CallOf(RawRequest request, Caller? caller) => new()
    {
        Caller = caller,
        Headers = HeadersOf(request),
        QueryParameters = QueryOf(request),
        ClientIp = request.ClientIp,
        ClientPort = request.ClientPort,
    };

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
        if (!request.Query.ContainsKey(HttpKey)) return request.Query;
        var query = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Query)
        {
            if (name != HttpKey) query[name] = values;
        }

        return query;
    }

    /// <summary>The door has its own answer to a body that is too large.</summary>
    private static bool IsOurs(ApiError refusal) => refusal.Status is StatusCode.Unauthenticated or StatusCode.NotFound
        || refusal.Message == RpcErrors.IdRequired.Message || refusal.Message == RpcErrors.PayloadNotText.Message;
}
