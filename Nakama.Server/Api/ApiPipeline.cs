using System.Diagnostics;
using Google.Protobuf;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Hooks;
using Nakama.Server.Metrics;
using Nakama.Server.Security;

namespace Nakama.Server.Api;

/// <summary>
/// The path of every request from any listener: credentials, rate limits, before hook, handler, after hook,
/// answer; with one span, one set of metrics and one place for error handling.
/// </summary>
public sealed class ApiPipeline
{
    /// <summary>The name of the source of all spans.</summary>
    public const string SourceName = "Nakama";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly ApiHooks _hooks;
    private readonly RequestRateLimits _limits;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<ApiPipeline> _log;

    public ApiPipeline(HookRegistry hooks, RequestRateLimits limits, ServerMetrics metrics, TimeProvider clock, ILoggerFactory logs)
    {
        _hooks = new(hooks, metrics, clock, logs.CreateLogger<ApiHooks>());
        _limits = limits;
        _metrics = metrics;
        _clock = clock;
        _log = logs.CreateLogger<ApiPipeline>();
    }

    /// <summary>Runs a call to its end. Never throws.</summary>
    /// <param name="service">The service of the method.</param>
    /// <param name="call">The method and the client; the caller is determined here.</param>
    /// <param name="authorization">All values of the header or metadata of that name.</param>
    /// <param name="request">The request as received.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects or the deadline has passed.</param>
    public async ValueTask<ApiOutcome> InvokeAsync(ApiService service, ApiCall call, StringValues authorization, IMessage request, CancellationToken cancellationToken)
    {
        var startedAt = _clock.GetTimestamp();
        using var span = Source.StartActivity(call.Method.FullName, ActivityKind.Server);
        try
        {
            await service.Credentials.CheckAsync(call, authorization, request, cancellationToken);
            if (span is not null) Describe(span, call);
            if (call.Caller is { } caller && !_limits.AdmitsUser(caller.UserId))
                return new(call, null, StatusCode.ResourceExhausted, RequestRateLimits.Text, startedAt) { RetryAfterSec = RateLimit.RetryAfterSec };
            var response = await RunAsync(service, call, request, cancellationToken);
            return new(call, response, StatusCode.Ok, "", startedAt);
        }
        catch (Exception error)
        {
            var (code, text) = Judge(error, call, cancellationToken);
            span?.SetStatus(ActivityStatusCode.Error, text);
            return new(call, null, code, text, startedAt) { Error = error };
        }
    }

    /// <summary>
    /// Records that the answer is being sent. Called once for each outcome. Calls of functions over HTTP are counted by function
    /// once they reach one, all others by method.
    /// </summary>
    public void Complete(ApiService service, in ApiOutcome outcome, long receivedBytes, long sentBytes)
    {
        if (service.Audience != ApiAudience.Games) return;
        var (call, elapsed) = (outcome.Call, _clock.GetElapsedTime(outcome.StartedAt));
        if (call.Http is null) _metrics.RequestDone(call.Method.Name, outcome.Code, receivedBytes, sentBytes, elapsed);
        else if (call.Function is { } function) _metrics.RpcDone("api_rpc", function, outcome.Code, receivedBytes, sentBytes, elapsed);
    }

    private ValueTask<IMessage> RunAsync(ApiService service, ApiCall call, IMessage request, CancellationToken cancellationToken)
    {
        var handler = call.Method.Handler ?? throw ApiErrors.NotImplemented(call.Method);
        if (service.Audience != ApiAudience.Games) return handler(call, request, cancellationToken);

        var (before, after) = (_hooks.FindBefore(call.Method), _hooks.FindAfter(call.Method));
        return before is null && after is null
            ? handler(call, request, cancellationToken)
            : RunHookedAsync(before, after, handler, call, request, cancellationToken);
    }

    private async ValueTask<IMessage> RunHookedAsync(BeforeHook? before, AfterHook? after, ApiHandler handler, ApiCall call, IMessage request, CancellationToken cancellationToken)
    {
        if (before is not null) request = await _hooks.BeforeAsync(before, call, request, cancellationToken);
        var response = await handler(call, request, cancellationToken);
        if (after is not null && !call.SkipAfterHook) await _hooks.AfterAsync(after, call, response, request, cancellationToken);
        return response;
    }

    private (StatusCode Code, string Text) Judge(Exception error, ApiCall call, CancellationToken cancellationToken)
    {
        switch (error)
        {
            case ApiException refusal:
                return (refusal.Status, refusal.Message);
            case OperationCanceledException when call.Deadline is { HasPassed: true }:
                return (StatusCode.DeadlineExceeded, ApiErrors.DeadlineText);
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                return (StatusCode.Canceled, ApiErrors.CanceledText);
            case var lost when DatabaseErrors.IsUnavailable(lost):
                ApiLog.DatabaseUnavailable(_log, call.Method.Name, lost.Message);
                return (StatusCode.Unavailable, DatabaseErrors.Unavailable.Message);
            case var gone when call.Caller is not null && DatabaseErrors.IsAccountGone(gone):
                // The answer to every request of the account once the deletion has completed.
                return (StatusCode.Unauthenticated, ApiErrors.TokenInvalid.Message);
            default:
                ApiLog.MethodFailed(_log, error, call.Method.Name);
                return (StatusCode.Internal, ApiErrors.InternalText);
        }
    }

    private static void Describe(Activity span, ApiCall call)
    {
        span.SetTag("rpc.system", "grpc");
        span.SetTag("rpc.service", call.Method.Descriptor.Service.FullName);
        span.SetTag("rpc.method", call.Method.Name);
        if (call.HashedUser() is { } user) span.SetTag("user.hash", user);
    }
}
