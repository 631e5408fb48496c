using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Nakama.Console.Nodes;

/// <summary>
/// Forwards requests for the console API to a node, so that tools written for the reference server keep their
/// URL. Bodies are streamed both ways; nothing is interpreted and the console's own cookie is not forwarded.
/// </summary>
public sealed class NodeProxy(IHttpClientFactory clients, NodeAddresses addresses)
{
    private static readonly HashSet<string> NotPassed = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Host", "Cookie",
    };

    public async Task HandleAsync(HttpContext context)
    {
        // The node's responses are forwarded unchanged, including empty ones.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        var node = addresses.Current;
        using var request = CreateRequest(context.Request, node);
        using var client = clients.CreateClient(NodeHttpClients.Streams);
        client.Timeout = Timeout.InfiniteTimeSpan;

        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            addresses.Skip(node);
            await RefuseAsync(context.Response, node);
            return;
        }

        using (response)
        {
            context.Response.StatusCode = (int)response.StatusCode;
            Copy(response, context.Response);
            // A feed must reach the browser line by line.
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await PumpAsync(response, context);
        }
    }

    private static HttpRequestMessage CreateRequest(HttpRequest source, Uri node)
    {
        // The raw target keeps an escaped slash inside a path segment; an absolute target must not choose the host.
        var raw = source.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var basePath = source.PathBase.ToUriComponent();
        if (basePath.Length > 0 && raw.StartsWith($"{basePath}/", StringComparison.OrdinalIgnoreCase)) raw = raw[basePath.Length..];
        var path = raw.StartsWith("/v2", StringComparison.OrdinalIgnoreCase) ? raw : source.Path.ToUriComponent() + source.QueryString.ToUriComponent();
        var target = new Uri(node.GetLeftPart(UriPartial.Authority) + path);
        var request = new HttpRequestMessage(new HttpMethod(source.Method), target);
        if (source.ContentLength > 0 || source.Headers.TransferEncoding.Count > 0) request.Content = new StreamContent(source.Body);

        foreach (var (name, values) in source.Headers)
        {
            if (NotPassed.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        ForwardedFor.Add(source, request);
        return request;
    }

    private static void Copy(HttpResponseMessage source, HttpResponse target)
    {
        foreach (var (name, values) in source.Headers.Concat(source.Content.Headers))
        {
            if (!NotPassed.Contains(name)) target.Headers[name] = values.ToArray();
        }
    }

    private static async Task PumpAsync(HttpResponseMessage response, HttpContext context)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            // The node disconnected during its response; the client must not treat the partial response as complete.
            context.Abort();
        }
    }

    private static async Task RefuseAsync(HttpResponse response, Uri node)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var message = $"The node at {node.Authority} does not answer.";
        await response.WriteAsJsonAsync(new { code = NodeException.Unavailable, message, details = Array.Empty<object>() });
    }
}
