using Microsoft.AspNetCore.SignalR;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// Gives the hub its own connection, which is the only way to share one serialised message among many receivers and to
/// await a write.
/// </summary>
internal sealed class HubConnections(ILogger<DefaultHubLifetimeManager<GameHub>> logger) : DefaultHubLifetimeManager<GameHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set(connection);
        return base.OnConnectedAsync(connection);
    }
}
