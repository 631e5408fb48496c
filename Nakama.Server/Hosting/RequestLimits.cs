using Microsoft.AspNetCore.Http.Features;
using Nakama.Server.Transport;

namespace Nakama.Server.Hosting;

/// <summary>
/// How many bytes of a request's body the listener takes at each listener at all. The listeners count for themselves and answer
/// in their own words; this is what stops a client when one of them does not.
/// </summary>
internal sealed class RequestLimits(NakamaOptions options)
{
    /// <summary>Room for the frames of chunks and messages, and for the listener to see that there is more than may be.</summary>
    private const long SlackBytes = 64 * 1024;

    public void Apply(HttpContext context, ListenerKind listener)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } feature) return;
        feature.MaxRequestBodySize = listener switch
        {
            ListenerKind.Api or ListenerKind.ApiGrpc => options.Socket.MaxRequestSizeBytes + SlackBytes,
            ListenerKind.Console or ListenerKind.ConsoleGrpc => options.Console.MaxMessageSizeBytes + SlackBytes,
            _ => 0,
        };
    }
}
