using Microsoft.Extensions.Hosting;

namespace Nakama.AppHost.Postgres;

/// <summary>Takes the data folder into the host's services, which release it after everything that uses it has stopped.</summary>
internal sealed class DataFolderLifetime(DataFolder folder) : IHostedService
{
    public string Root { get; } = folder.Root;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
