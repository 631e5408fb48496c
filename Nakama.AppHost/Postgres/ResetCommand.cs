using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Nakama.AppHost.Postgres;

internal static class ResetCommand
{
    /// <summary>
    /// Adds a command that empties the database: the nodes are stopped, the database dropped and migrated, and the nodes
    /// started.
    /// </summary>
    public static void WithResetCommand(
        this IResourceBuilder<IResourceWithConnectionString> database, IResourceBuilder<ProjectResource> migrate, IResourceBuilder<ProjectResource>[] servers) =>
        database.WithCommand(
            "reset", "Reset database", context => ResetAsync(context, database.Resource, migrate.Resource, [.. servers.Select(static server => server.Resource)]),
            new()
            {
                ConfirmationMessage = "All accounts, storage objects and records of this database will be gone. Go on?",
                IconName = "DatabaseArrowDown",
                IsHighlighted = true,
            });

    private static async Task<ExecuteCommandResult> ResetAsync(
        ExecuteCommandContext context, IResourceWithConnectionString database, ProjectResource migrate, ProjectResource[] servers)
    {
        var commands = context.Services.GetRequiredService<ResourceCommandService>();
        var states = context.Services.GetRequiredService<ResourceNotificationService>();
        var cancellationToken = context.CancellationToken;
        foreach (var server in servers)
        {
            await commands.ExecuteCommandAsync(server, KnownResourceCommands.StopCommand, cancellationToken);
            await states.WaitForResourceAsync(server.Name, KnownResourceStates.TerminalStates, cancellationToken);
        }

        await DropAsync(await database.GetConnectionStringAsync(cancellationToken), cancellationToken);

        await commands.ExecuteCommandAsync(migrate, KnownResourceCommands.RestartCommand, cancellationToken);
        var results = await Task.WhenAll(servers.Select(server => commands.ExecuteCommandAsync(server, KnownResourceCommands.StartCommand, cancellationToken)));
        return results.FirstOrDefault(static result => !result.Success) ?? results[0];
    }

    private static async Task DropAsync(string? connectionString, CancellationToken cancellationToken)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(text.Database!);
        text.Database = "postgres";
        await using var source = NpgsqlDataSource.Create(text.ConnectionString);
        await using var drop = source.CreateCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }
}
