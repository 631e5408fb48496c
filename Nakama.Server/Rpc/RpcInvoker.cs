using System.Diagnostics;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;

namespace Nakama.Server.Rpc;

/// <summary>Finds and runs functions of game logic, independent of the transport of the call.</summary>
internal sealed class RpcInvoker(RpcRegistry functions, ILogger<RpcInvoker> log)
{
    private const string IdTag = "nakama.rpc.id";
    private const int MaxLoggedId = 128;

    /// <summary>Finds a function by case-insensitive name; null when there is none, which the log explains.</summary>
    public RpcFunction? Find(string id)
    {
        var function = functions.Find(id);
        if (function is null) RpcLog.NoFunction(log, id.Length <= MaxLoggedId ? id : id[..MaxLoggedId] + "…", functions.NamesText ?? "none");
        return function;
    }

    /// <summary>Runs a function, within the span of the message or request that called it.</summary>
    /// <returns>The result of the function; empty for null.</returns>
    /// <exception cref="ApiException">The function failed.</exception>
    public async ValueTask<string> RunAsync(RpcFunction function, RpcCall call, string id, string payload, CancellationToken cancellationToken)
    {
        Activity.Current?.SetTag(IdTag, id);
        try
        {
            return await function(call, payload, cancellationToken) ?? "";
        }
        catch (Exception e) when (e is not (ApiException or OperationCanceledException))
        {
            throw Translate(e, call, id, payload);
        }
    }

    /// <summary>A lost database and a deleted account are handled as in every other request.</summary>
    private ApiException Translate(Exception error, RpcCall call, string id, string payload)
    {
        if (DatabaseErrors.IsUnavailable(error))
        {
            ApiLog.DatabaseUnavailable(log, id, error.Message);
            return DatabaseErrors.Unavailable;
        }

        if (call.Caller is not null && DatabaseErrors.IsAccountGone(error)) return ApiErrors.TokenInvalid;
        RpcFailures.Log(log, error, id, payload);
        return new RpcFailedException(error);
    }
}
