using System.Diagnostics;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Explorer;

/// <summary>The answer of a called method.</summary>
/// <param name="Body">The answer as JSON; empty when there is none.</param>
/// <param name="Error">The error that the method returned; empty when it succeeded.</param>
/// <param name="Elapsed">From the request to the answer, as the console measured it.</param>
/// <param name="TraceId">The trace that the console began for the call.</param>
public sealed record ExplorerAnswer(string Body, string Error, TimeSpan Elapsed, string TraceId);

/// <summary>Lists the methods of the game API and the functions of the modules, and calls them.</summary>
public sealed class ExplorerClient(NodeClient node, TimeProvider time)
{
    private const string Root = "/api/endpoints";

    public Task<ApiEndpointList> ListAsync(CancellationToken cancellationToken) => node.GetAsync<ApiEndpointList>(NodePath.Of(Root), cancellationToken);

    /// <param name="isFunction">Whether the method is a function of a module.</param>
    /// <param name="request">The method, the body and the user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ExplorerAnswer> CallAsync(bool isFunction, CallApiEndpointRequest request, CancellationToken cancellationToken)
    {
        using var trace = new Activity("API explorer").Start();
        var startedAt = time.GetTimestamp();
        var path = isFunction ? NodePath.Of(Root, "rpc", request.Method) : NodePath.Of(Root, request.Method);
        var answer = await node.PostAsync<CallApiEndpointResponse>(path, request, cancellationToken);
        return new(answer.Body, answer.ErrorMessage, time.GetElapsedTime(startedAt), trace.TraceId.ToHexString());
    }
}
