using Microsoft.AspNetCore.Http.Features;
using Nakama.Server.Transport;

namespace Nakama.Server.Hosting;

/// <summary>
/// How many bytes of a request's body the listener takes at each door at all. The doors count for themselves and answer
/// in their own words; this is what stops a client when one of them does not.
/// </summary>
internal sealed class RequestLimits(NakamaOptions options)
{
    /// <summary>Room for the frames of chunks and messages, and for the door to see that there is more than may be.</summary>
    private const long SlackBytes = 64 * 1024;

    public void Apply(HttpContext context, DoorKind door)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } feature) return;
        feature.MaxRequestBodySize = door switch
        {
            DoorKind.Api or DoorKind.ApiGrpc => options.Socket.MaxRequestSizeBytes + SlackBytes,
            DoorKind.Console or DoorKind.ConsoleGrpc => options.Console.MaxMessageSizeBytes + SlackBytes,
            _ => 0,
        };
    }
}
