using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;

namespace Nakama.Server.Rpc;

/// <summary>Function calls over gRPC. Metadata beginning with <c>q_</c> are query parameters.</summary>
internal sealed class RpcApi(RpcRegistry functions) : IApiFeature
{
    private const string QueryPrefix = "q_";

    public void Map(ApiMap api) => api.Map<Wire.Api.Rpc, Wire.Api.Rpc>("RpcFunc", CallAsync);

    private async ValueTask<Wire.Api.Rpc> CallAsync(ApiCall call, Wire.Api.Rpc request, CancellationToken cancellationToken)
    {
        if (request.Id.Length == 0) throw RpcErrors.IdRequired;
        var function = functions.Find(request.Id) ?? throw RpcErrors.NotFound;

        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        var query = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (name, values) in call.Metadata)
        {
            if (name.StartsWith(QueryPrefix, StringComparison.Ordinal)) query[name[QueryPrefix.Length..]] = values;
            else headers[name] = values;
        }

        var rpc = new RpcCall { Caller = call.Caller, Headers = headers, QueryParameters = query, ClientIp = call.ClientIp, ClientPort = call.ClientPort };
        return new() { Payload = await function(rpc, request.Payload, cancellationToken) ?? "" };
    }
}
