using System.Text;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.Rpc;

/// <summary>
/// Function calls over HTTP and gRPC. Over gRPC, metadata beginning with <c>q_</c> are query parameters. Over HTTP the body is
/// read only after the call has been accepted.
/// </summary>
internal sealed class RpcApi(RpcInvoker functions) : IApiFeature
{
    /// <summary>The name of the method in the contract.</summary>
    public const string MethodName = "RpcFunc";

    private const string QueryPrefix = "q_";

    public void Map(ApiMap api) => api.Map<Nakama.Protocol.Api.Rpc, Nakama.Protocol.Api.Rpc>(MethodName, CallAsync);

    private async ValueTask<Nakama.Protocol.Api.Rpc> CallAsync(ApiCall call, Nakama.Protocol.Api.Rpc request, CancellationToken cancellationToken)
    {
        if (request.Id.Length == 0) throw RpcErrors.IdRequired;
        var function = functions.Find(request.Id) ?? throw RpcErrors.NotFound;
        var payload = call.Http is { } http ? await RpcRequest.ReadPayloadAsync(http, cancellationToken) : request.Payload;

        call.Function = request.Id.ToLowerInvariant();
        var rpc = call.Http is null ? OfMetadata(call) : RpcRequest.CallOf(call.Http, call.Caller);
        var result = await functions.RunAsync(function, rpc, request.Id, payload, cancellationToken);
        // Over gRPC the limit applies to the whole message.
        if (call.Http is not null && Encoding.UTF8.GetByteCount(result) > ApiAnswers.MaxBytes)
            throw new ApiException(StatusCode.ResourceExhausted, ApiAnswers.TooLargeText);
        return new() { Payload = result };
    }

    private static RpcCall OfMetadata(ApiCall call)
    {
        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        var query = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (name, values) in call.Metadata)
        {
            if (name.StartsWith(QueryPrefix, StringComparison.Ordinal)) query[name[QueryPrefix.Length..]] = values;
            else headers[name] = values;
        }

        return new() { Caller = call.Caller, Headers = headers, QueryParameters = query, ClientIp = call.ClientIp, ClientPort = call.ClientPort };
    }
}
