using Nakama.Server.Api;

namespace Nakama.Server.Transport.Http;

/// <summary>Describes the game API to tools, at <c>/openapi.json</c>.</summary>
internal sealed class OpenApiRoute(IServiceProvider provider) : IHttpEndpoint
{
    private readonly Lazy<byte[]> _document = new(() => OpenApiDocument.Write(provider.GetServices<ApiService>().Single(s => s.Audience == ApiAudience.Games).Map));

    public ApiAudience Audience => ApiAudience.Games;

    public string Path => "/openapi.json";

    public string? Verb => "GET";

    public Task HandleAsync(HttpContext context)
    {
        HttpReply.WriteRaw(context, StatusCodes.Status200OK, "application/json", _document.Value);
        return Task.CompletedTask;
    }
}
