using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Protocol.Json;
using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Rpc;
using Nakama.Server.Security;
using Method = Nakama.Server.Api.ApiMethod;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Calls methods and functions of the game API as a user, with their hooks. A call that fails is an answer with the error's text.
/// </summary>
internal sealed class ConsoleExplorerApi(
    IServiceProvider services, ApiPipeline pipeline, RpcInvoker functions, RpcRegistry names, AccountStore accounts, SessionOptions sessions, TimeProvider time)
    : IConsoleFeature
{
    // The games' methods are not there yet when this feature is made.
    private readonly Lazy<ApiService> _games = new(() => services.GetServices<ApiService>().Single(static service => service.Audience == ApiAudience.Games));

    private static ApiException BadUserId => new(StatusCode.InvalidArgument, "Invalid user uuid.");

    private static ApiException UserNotFound => new(StatusCode.InvalidArgument, "User id not found.");

    private static ApiException UserRequired => new(StatusCode.InvalidArgument, "Built-in RPC functions require a user_id.");

    private static ApiException BadBody => new(StatusCode.InvalidArgument, "Error parsing method request body.");

    private static ApiException NoBodyTaken => new(StatusCode.InvalidArgument, "Api method doesn't accept a request body.");

    private static ApiException FunctionNotFound => new(StatusCode.NotFound, "RPC function not found");

    public void Map(ApiMap api)
    {
        api.Map<Empty, ApiEndpointList>("ListApiEndpoints", (_, _, _) => new(List()));
        api.Map<CallApiEndpointRequest, CallApiEndpointResponse>("CallApiEndpoint", CallAsync);
        api.Map<CallApiEndpointRequest, CallApiEndpointResponse>("CallRpcEndpoint", CallFunctionAsync);
    }

    private static ApiException NoSuchMethod(string name) => new(StatusCode.Unknown, $"API method doesn't exist: {name}");

    /// <summary>Methods that are not those of game logic, nor without a caller.</summary>
    private static bool IsListed(Method method) => method is { HasHooks: true, Descriptor: { IsClientStreaming: false, IsServerStreaming: false } };

    private ApiEndpointList List()
    {
        var list = new ApiEndpointList();
        foreach (var method in _games.Value.Map.Methods.Where(IsListed).OrderBy(static method => method.Name, StringComparer.Ordinal))
            list.Endpoints.Add(new ApiEndpointDescriptor { Method = method.Name, BodyTemplate = RequestTemplates.Of(method.Descriptor.InputType) });
        foreach (var name in names.Names.Select(static name => name.ToLowerInvariant()).Order(StringComparer.Ordinal))
            list.RpcEndpoints.Add(new ApiEndpointDescriptor { Method = name });
        return list;
    }

    private async ValueTask<CallApiEndpointResponse> CallAsync(ApiCall call, CallApiEndpointRequest request, CancellationToken cancellationToken)
    {
        if (_games.Value.Map.Find(request.Method) is not { } method || !IsListed(method)) throw NoSuchMethod(request.Method);
        var isSignIn = method.Credential == ApiCredential.ServerKey && method.Name.StartsWith("Authenticate", StringComparison.Ordinal);
        if (!isSignIn && request.UserId.Length == 0) throw UserRequired;
        var caller = await CallerAsync(request, cancellationToken);
        var message = Parse(method, request.Body);

        var games = new ApiService(ApiAudience.Games, _games.Value.Map, new ExplorerCredentials(caller));
        var run = new ApiCall { Method = method, ClientIp = call.ClientIp, ClientPort = call.ClientPort, ClientToldBy = call.ClientToldBy, Deadline = call.Deadline };
        var outcome = await pipeline.InvokeAsync(games, run, default, message, cancellationToken);
        pipeline.Complete(games, outcome, 0, 0);
        return outcome.Response is { } response
            ? new CallApiEndpointResponse { Body = ProtoJson.ToString(response, JsonFormat.Explorer) }
            : new CallApiEndpointResponse { ErrorMessage = Text(outcome.Code, outcome.Message) };
    }

    private static IMessage Parse(Method method, string body)
    {
        var message = method.Descriptor.InputType.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);
        if (method.Descriptor.InputType.Fields.InDeclarationOrder().Count == 0) return body.Length == 0 ? message : throw NoBodyTaken;
        try
        {
            ProtoJson.ReadStrict(Encoding.UTF8.GetBytes(body), message);
            return message;
        }
        catch (Exception e) when (e is ProtoJsonException or InvalidProtocolBufferException)
        {
            throw BadBody;
        }
    }

    private async ValueTask<CallApiEndpointResponse> CallFunctionAsync(ApiCall call, CallApiEndpointRequest request, CancellationToken cancellationToken)
    {
        var caller = await CallerAsync(request, cancellationToken);
        var run = new RpcCall
        {
            Caller = caller,
            Headers = new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(),
            QueryParameters = new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(),
            ClientIp = call.ClientIp,
            ClientPort = call.ClientPort,
        };
        try
        {
            var function = functions.Find(request.Method) ?? throw FunctionNotFound;
            return new CallApiEndpointResponse { Body = await functions.RunAsync(function, run, request.Method, request.Body, cancellationToken) };
        }
        catch (ApiException e)
        {
            return new CallApiEndpointResponse { ErrorMessage = Text(e.Status, e.Message) };
        }
    }

    /// <summary>The user that a call runs as; null when none is given.</summary>
    private async ValueTask<Caller?> CallerAsync(CallApiEndpointRequest request, CancellationToken cancellationToken)
    {
        if (request.UserId.Length == 0) return null;
        if (!UuidText.TryParse(request.UserId, out var userId)) throw BadUserId;
        if ((await accounts.GetUsersAsync([userId], [], [], cancellationToken)).Users_ is not [var user]) throw UserNotFound;
        var expiry = time.GetUtcNow().ToUnixTimeSeconds() + sessions.TokenExpirySec;
        return new Caller(userId, user.Username, request.SessionVars, expiry, "");
    }

    private static string Text(StatusCode code, string message) => $"rpc error: code = {CodeName(code)} desc = {message}";

    private static string CodeName(StatusCode code) => System.Enum.IsDefined(code) ? code.ToString() : $"Code({(int)code})";
}
