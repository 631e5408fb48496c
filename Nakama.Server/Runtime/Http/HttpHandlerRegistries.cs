using Nakama.Server.Api;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.Http;

/// <summary>The HTTP handlers of both ports.</summary>
internal sealed class HttpHandlerRegistries
{
    public HttpHandlerRegistry Games { get; } = new(ApiAudience.Games);

    public HttpHandlerRegistry Operators { get; } = new(ApiAudience.Operators);

    public HttpHandlerRegistry Of(CallbackKind kind) => kind == CallbackKind.ConsoleHttp ? Operators : Games;
}
