using Microsoft.Extensions.Hosting;

namespace Nakama.AppHost.Postgres;

/// <summary>Registers the data folder with the host's services, which release it after all its users have stopped.</summary>
internal sealed class DataFolderLifetime(DataFolder folder) : IHostedService
{
    public string Root { get; } = folder.Root;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
