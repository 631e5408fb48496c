using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nakama.Server.Transport.Http;

/// <summary>Accepts request targets that contain unescaped UTF-8; see <see cref="RawTargetReader"/>.</summary>
internal static class RawTargetExtensions
{
    /// <summary>For the connections of a listener for HTTP/1.1; their requests must come through <see cref="UseRawTargets(IApplicationBuilder)"/>.</summary>
    public static void UseRawTargets(this ListenOptions listen) => listen.Use(next => async connection =>
    {
        var transport = connection.Transport;
        var reader = new RawTargetReader(transport.Input);
        connection.Features.Set(reader);
        connection.Transport = new Duplex(reader, transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    });

    public static void UseRawTargets(this IApplicationBuilder app) => app.Use(static next => context =>
    {
        if (context.Features.Get<RawTargetReader>() is { } reader)
            reader.RequestStarted(context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false });
        return next(context);
    });

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
