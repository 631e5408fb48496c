using System.Text;

namespace Nakama.Server.Transport.Metrics;

/// <summary>Answers every path of the metrics port with the text that Prometheus scrapes.</summary>
public sealed class MetricsHandler(MetricsReporter reporter) : IListenerHandler
{
    public ListenerKind Kind => ListenerKind.Metrics;

    public async Task HandleAsync(HttpContext context)
    {
        var text = Encoding.UTF8.GetBytes(reporter.Current);
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }
}
