using Nakama.Server.Api;

namespace Nakama.Server.Transport.SignalR;

/// <summary>One of the paths of the hub: for connections, or for negotiation.</summary>
internal sealed class SignalRRoute(string path, SignalREndpoint endpoint) : IHttpEndpoint
{
    public ApiAudience Audience => ApiAudience.Games;

    public string Path => path;

    public string? Verb => null;

    public Task HandleAsync(HttpContext context) => endpoint.HandleAsync(context);
}
