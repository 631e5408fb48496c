using Microsoft.AspNetCore.Http.Features;
using Nakama.Server.Transport;

namespace Nakama.Server.Hosting;

/// <summary>How many bytes a request's body may have at each door; the door turns the refusal into its own answer.</summary>
internal sealed class RequestLimits(NakamaOptions options)
{
    /// <summary>The five bytes that frame a message on a gRPC stream.</summary>
    private const int GrpcFrameBytes = 5;

    public void Apply(HttpContext context, DoorKind door)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } feature) return;
        feature.MaxRequestBodySize = door switch
        {
            DoorKind.Api => options.Socket.MaxRequestSizeBytes,
            // One byte more than may be, so that the door sees the excess and names it.
            DoorKind.ApiGrpc => options.Socket.MaxRequestSizeBytes + GrpcFrameBytes + 1L,
            DoorKind.Console => options.Console.MaxMessageSizeBytes,
            DoorKind.ConsoleGrpc => options.Console.MaxMessageSizeBytes + GrpcFrameBytes + 1L,
            _ => 0,
        };
    }
}
