using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;
using Nakama.Protocol.Json;
using Nakama.Protocol.Live;
using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>
/// <c>GET /v2/console/live/watch/{method}?request={json}</c>: the answers of a live method that reads, as server-sent events:
/// once at the start, and whenever it has changed, at most once per second. Each round is a call like any other, so a watch
/// ends when the token does. An event <c>fault</c> has the error of a round that failed.
/// </summary>
internal sealed class LiveWatchRoute(
    IServiceProvider provider, ApiPipeline pipeline, ConsoleCredentialCheck credentials, IClientOrigins origins, IHostApplicationLifetime lifetime,
    TimeProvider time) : IHttpEndpoint
{
    private const string Prefix = "/v2/console/live/watch/";
    private const int MaxWatchers = 256;
    private const int MaxRequestLength = 16 * 1024;

    // A watcher that hears nothing for longer takes the node for unreachable.
    private const int LongestSilenceRounds = 3;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly Lazy<ApiService> _service =
        new(() => provider.GetServices<ApiService>().Single(static service => service.Audience == ApiAudience.Operators));

    private int _watchers;

    public ApiAudience Audience => ApiAudience.Operators;

    public string Path => Prefix;

    public string? Verb => HttpMethods.Get;

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var origin = origins.OriginOf(context);
            credentials.Find(context.Request.Headers.Authorization, origin);
            var call = new ApiCall
            {
                Method = FindMethod(context.Request.Path.Value![Prefix.Length..]),
                ClientIp = origin.Ip,
                ClientToldBy = origin.ToldBy,
                Metadata = context.Request.Headers,
            };
            var request = Read(call.Method, context.Request.Query["request"].ToString());
            if (Interlocked.Increment(ref _watchers) > MaxWatchers)
            {
                Interlocked.Decrement(ref _watchers);
                throw ConsoleErrors.TooManyFeeds;
            }

            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
                await SendAsync(context, call, request, either.Token);
            }
            finally
            {
                Interlocked.Decrement(ref _watchers);
            }
        }
        catch (ApiException refusal)
        {
            await LiveReplies.RefuseAsync(context.Response, refusal);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The watcher closed the page, or the node is stopping.
        }
    }

    /// <summary>Only live methods can be watched, and of these only those that read, which have the verb GET.</summary>
    private ApiMethod FindMethod(string name)
    {
        var method = _service.Value.Map.Find(name);
        return method?.Handler is not null && method.Descriptor.Service == ConsoleLiveReflection.Descriptor.Services[0] && LiveReplies.Reads(method)
            ? method
            : throw new ApiException(StatusCode.NotFound, "Not Found");
    }

    private static IMessage Read(ApiMethod method, string json)
    {
        if (json.Length > MaxRequestLength) throw LiveErrors.TextTooLong;
        var request = (IMessage)Activator.CreateInstance(method.Descriptor.InputType.ClrType)!;
        if (json.Length == 0) return request;
        try
        {
            ProtoJson.ReadLenient(System.Text.Encoding.UTF8.GetBytes(json), request);
            return request;
        }
        catch (ProtoJsonException e)
        {
            throw new ApiException(StatusCode.InvalidArgument, e.Message);
        }
    }

    private async Task SendAsync(HttpContext context, ApiCall call, IMessage request, CancellationToken cancellationToken)
    {
        var response = context.Response;
        var authorization = context.Request.Headers.Authorization;
        var outcome = await pipeline.InvokeAsync(_service.Value, call, authorization, request, cancellationToken);
        if (EndsWatch(outcome)) throw new ApiException(outcome.Code, outcome.Message);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        using var timer = new PeriodicTimer(Round, time);
        IMessage? last = null;
        var silence = 0;
        do
        {
            if (outcome.Response is not { } answer)
            {
                if (EndsWatch(outcome)) return;
                last = null;
                await LiveReplies.WriteEventAsync(response, "fault", LiveReplies.ErrorOf(outcome.Code, outcome.Message), cancellationToken);
            }
            else if (!answer.Equals(last))
            {
                last = answer;
                silence = 0;
                await LiveReplies.WriteEventAsync(response, null, ProtoJson.ToString(answer, JsonFormat.Console), cancellationToken);
            }
            else if (++silence >= LongestSilenceRounds)
            {
                silence = 0;
                await LiveReplies.WriteEventAsync(response, "same", "{}", cancellationToken);
            }

            if (!await timer.WaitForNextTickAsync(cancellationToken)) return;
            outcome = await pipeline.InvokeAsync(_service.Value, call, authorization, request, cancellationToken);
        }
        while (true);
    }

    private static bool EndsWatch(in ApiOutcome outcome) =>
        outcome.Code is StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.InvalidArgument;
}
