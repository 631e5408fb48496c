using Nakama.Server.Api;

namespace Nakama.Server.Transport.WebSocket;

internal static class WebSocketSetup
{
    public static IServiceCollection AddWebSocket(this IServiceCollection services) =>
        services
            .AddClientAddresses()
            .AddSingleton<WebSocketSessions>()
            .AddSingleton<IDoorRoute, WebSocketRoute>()
            .AddSingleton<IConnectionGate, WebSocketGate>();
}
