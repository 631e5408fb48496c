using System.Collections.ObjectModel;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Errors;
using Nakama.Server.Hooks;
using Nakama.Server.Metrics;

namespace Nakama.Server.Api;

/// <summary>Runs the hooks of game logic around the methods of the game API.</summary>
internal sealed class ApiHooks(HookRegistry hooks, ServerMetrics metrics, TimeProvider clock, ILogger<ApiHooks> log)
{
    private static readonly IReadOnlyDictionary<string, string> NoVars = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The request for the handler: the original, or the result of the before hook.</summary>
    /// <exception cref="ApiException">The hook refused, returned nothing, or returned something other than a request.</exception>
    public async ValueTask<IMessage> BeforeAsync(BeforeHook hook, ApiCall call, IMessage request, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        var failed = true;
        try
        {
            var changed = await hook(CallerOf(call, call.Caller), request, cancellationToken);
            failed = false;
            if (request is Empty) return request;
            if (changed is null)
            {
                ApiLog.BeforeHookStopped(log, call.Method.Name);
                throw ApiErrors.ResourceNotFound;
            }

            return changed.Descriptor == request.Descriptor ? changed : throw ApiErrors.BeforeHookFailed;
        }
        catch (ApiException error) when (failed && error.Status == StatusCode.Ok)
        {
            // Scripts for the reference server may fail with code 0, which means success.
            return request;
        }
        finally
        {
            metrics.HookDone(before: true, call.Method.Name, failed, clock.GetElapsedTime(startedAt));
        }
    }

    public async ValueTask AfterAsync(AfterHook hook, ApiCall call, IMessage response, IMessage request, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        var failed = true;
        try
        {
            var shownRequest = request is Empty || call.Method.HidesRequestFromAfterHook ? null : request;
            await hook(CallerOf(call, call.Authenticated ?? call.Caller), response is Empty ? null : response, shownRequest, cancellationToken);
            failed = false;
        }
        catch (Exception e)
        {
            ApiLog.AfterHookFailed(log, e, call.Method.Name);
        }
        finally
        {
            metrics.HookDone(before: false, call.Method.Name, failed, clock.GetElapsedTime(startedAt));
        }
    }

    public BeforeHook? FindBefore(ApiMethod method) => method.HasHooks ? hooks.FindBefore(method.Name) : null;

    public AfterHook? FindAfter(ApiMethod method) => method.HasHooks ? hooks.FindAfter(method.Name) : null;

    private static HookCaller CallerOf(ApiCall call, Caller? user) => user is null
        ? new(Guid.Empty, "", NoVars, 0, Guid.Empty, "", call.ClientIp, call.ClientPort)
        : new(user.UserId, user.Username, user.Vars, user.Expiry, Guid.Empty, "", call.ClientIp, call.ClientPort);
}
