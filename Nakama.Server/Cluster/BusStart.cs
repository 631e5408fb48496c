namespace Nakama.Server.Cluster;

/// <summary>
/// Connects the bus to the other nodes once everything it needs is loaded; a node without a transport runs alone.
/// </summary>
internal sealed class BusStart(MessageBus bus, IEnumerable<INodeTransport> transports, IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The features are created only on nodes that need them.
        if (transports.LastOrDefault() is { } transport) bus.Start(transport, services.GetServices<IBusFeature>());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        bus.Stop();
        return Task.CompletedTask;
    }
}
