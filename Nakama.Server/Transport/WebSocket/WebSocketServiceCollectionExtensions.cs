using Nakama.Server.Api;

namespace Nakama.Server.Transport.WebSocket;

internal static class WebSocketServiceCollectionExtensions
{
    public static IServiceCollection AddWebSocket(this IServiceCollection services) =>
        services
            .AddClientAddresses()
            .AddSingleton<WebSocketSessions>()
            .AddSingleton<WebSocketAcceptor>()
            .AddSingleton<IHttpEndpoint, WebSocketRoute>()
            .AddSingleton<IHttpEndpoint, ExplorerSocketRoute>()
            .AddSingleton<IConnectionMiddleware, WebSocketFastPath>();
}
