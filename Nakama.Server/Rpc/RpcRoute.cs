using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.Rpc;

/// <summary>
/// Function calls over HTTP: <c>GET</c> or <c>POST /v2/rpc/{id}</c>. They require a session token or the HTTP key. The call
/// runs as the method <c>RpcFunc</c> through the pipeline; only bodies and metrics have their own form.
/// </summary>
internal sealed class RpcRoute : IRawEndpoint
{
    private readonly ApiService _service;
    private readonly ApiMethod _method;
    private readonly ApiPipeline _pipeline;
    private readonly GameCredentialCheck _credentials;

    public RpcRoute(IEnumerable<ApiService> services, ApiPipeline pipeline, GameCredentialCheck credentials)
    {
        _service = services.First(static service => service.Audience == ApiAudience.Games);
        _method = _service.Map.Find(RpcApi.MethodName)!;
        _pipeline = pipeline;
        _credentials = credentials;
    }

    public ApiAudience Audience => ApiAudience.Games;

    public string Prefix => "/v2/rpc/";

    public bool Takes(string verb, string rest) => verb is "GET" or "POST";

    public async ValueTask<RawAnswer> HandleAsync(RawRequest request, CancellationToken cancellationToken)
    {
        var call = new ApiCall
        {
            Method = _method,
            Http = request,
            ClientIp = request.ClientIp,
            ClientPort = request.ClientPort,
            Deadline = request.Deadline,
        };
        var outcome = await _pipeline.InvokeAsync(_service, call, request.Authorization, new Nakama.Protocol.Api.Rpc { Id = request.Rest }, cancellationToken);
        var answer = RpcAnswers.Of(outcome);
        _pipeline.Complete(_service, outcome, request.ReceivedBytes, answer.Body.Length);
        return answer;
    }

    /// <summary>Whether the request contains the HTTP key.</summary>
    public bool IsTrusted(RawRequest request)
    {
        try
        {
            return _credentials.FindRpcCaller(request) is null;
        }
        catch (ApiException)
        {
            return false;
        }
    }
}
