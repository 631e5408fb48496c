using Microsoft.AspNetCore.SignalR;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// Gives the hub its own connection: only through it can one serialised message be shared by many receivers, and a write be
/// awaited.
/// </summary>
internal sealed class HubConnections(ILogger<DefaultHubLifetimeManager<GameHub>> logger) : DefaultHubLifetimeManager<GameHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set(connection);
        return base.OnConnectedAsync(connection);
    }
}
