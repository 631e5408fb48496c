using Nakama.Server.ConsoleApi.History;
using Nakama.Server.ConsoleApi.Oidc;
using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>Prepares the database state that signing in needs before the first request.</summary>
internal sealed class ConsoleLoader(
    ConsoleTokens tokens, SecondStepStore steps, OidcOperatorStore identities, HistoryStore history, ConsoleOptions options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await steps.EnsureAsync(cancellationToken);
            await history.EnsureAsync(cancellationToken);
            if (options.Oidc.IsOn) await identities.EnsureAsync(cancellationToken);
            await tokens.LoadAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StartupException("Could not prepare the tables of the console in the schema nakama_net", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
