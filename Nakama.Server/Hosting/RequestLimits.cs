using Microsoft.AspNetCore.Http.Features;
using Nakama.Server.Config;
using Nakama.Server.Transport;

namespace Nakama.Server.Hosting;

/// <summary>
/// The hard limit on the bytes of a request body at each listener. The listeners count and answer by themselves;
/// this limit stops a client when a listener does not.
/// </summary>
internal sealed class RequestLimits(NakamaOptions options)
{
    /// <summary>
    /// Room for the framing of chunks and messages, and for the listener to detect that the body exceeds its limit.
    /// </summary>
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
