using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.Security;

/// <summary>Fills <see cref="RevocationCache"/> before the node accepts its first request.</summary>
internal sealed class RevocationLoader(RevocationCache revocations, RevocationStore store) : IHostedLifecycleService
{
    private static readonly RevocationKind[] Kinds = [RevocationKind.All, RevocationKind.Session, RevocationKind.Refresh, RevocationKind.Ban];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.EnsureAsync(cancellationToken);
            await store.ReadAsync(Kinds, revocations.Restore, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StartupException("Could not prepare the table nakama_net.revocation", e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
