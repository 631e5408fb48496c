using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// <c>GET /v2/console/feed</c>: the live feed as server-sent events, for any operator. With <c>?history=n</c> it begins
/// with one event <c>history</c>, an array of the last samples.
/// </summary>
internal sealed class LiveFeedRoute(
    LiveFeed feed, ConsoleCredentialCheck credentials, ConsoleTokens tokens, IClientOrigins origins, IHostApplicationLifetime lifetime)
    : IHttpEndpoint
{
    private const string BearerPrefix = "Bearer ";

    public ApiAudience Audience => ApiAudience.Operators;

    public string Path => "/v2/console/feed";

    public string? Verb => HttpMethods.Get;

    public async Task HandleAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization;
        try
        {
            credentials.Find(authorization, origins.OriginOf(context));
            var (history, watcher) = feed.Watch(Wanted(context.Request));
            using (watcher)
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
                await SendAsync(context, history, watcher, TokenOf(authorization.ToString()), either.Token);
            }
        }
        catch (ApiException refusal)
        {
            await RefuseAsync(context.Response, refusal);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The watcher closed the page, or the node is stopping.
        }
    }

    private static int Wanted(HttpRequest request) =>
        int.TryParse(request.Query["history"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Min(count, LiveFeed.Kept) : 0;

    /// <summary>Null for the configured name and password, which do not expire.</summary>
    private static string? TokenOf(string authorization) =>
        authorization.StartsWith(BearerPrefix, StringComparison.Ordinal) ? authorization[BearerPrefix.Length..] : null;

    private async Task SendAsync(HttpContext context, byte[][] history, LiveFeed.Watcher watcher, string? token, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await WriteHistoryAsync(response, history, cancellationToken);
        await foreach (var sample in watcher.Samples.ReadAllAsync(cancellationToken))
        {
            // A token may expire or be revoked during the watch.
            if (token is not null && tokens.Check(token) is null) return;
            await response.Body.WriteAsync("data: "u8.ToArray(), cancellationToken);
            await response.Body.WriteAsync(sample, cancellationToken);
            await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }

    private static async Task WriteHistoryAsync(HttpResponse response, byte[][] history, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        body.Write("event: history\ndata: ["u8);
        for (var i = 0; i < history.Length; i++)
        {
            if (i > 0) body.WriteByte((byte)',');
            body.Write(history[i]);
        }

        body.Write("]\n\n"u8);
        await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private static Task RefuseAsync(HttpResponse response, ApiException refusal)
    {
        response.StatusCode = refusal.Status == StatusCode.ResourceExhausted ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        response.ContentType = "application/json";
        var body = new { code = (int)refusal.Status, message = refusal.Message, details = Array.Empty<object>() };
        return response.WriteAsync(JsonSerializer.Serialize(body));
    }
}
