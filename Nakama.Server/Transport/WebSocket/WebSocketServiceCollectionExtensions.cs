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
            .AddSingleton<IConnectionMiddleware, WebSocketFastPath>();

    /// <summary>Sockets of players for operators; needs the console API.</summary>
    public static IServiceCollection AddExplorerSocket(this IServiceCollection services) => services.AddSingleton<IHttpEndpoint, ExplorerSocketRoute>();
}
