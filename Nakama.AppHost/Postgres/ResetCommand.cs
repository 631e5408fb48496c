using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Nakama.AppHost.Postgres;

internal static class ResetCommand
{
    /// <summary>
    /// Adds a command that empties the database: the server is stopped, the database dropped and migrated, and the server
    /// started.
    /// </summary>
    public static void WithResetCommand(
        this IResourceBuilder<IResourceWithConnectionString> database, IResourceBuilder<ProjectResource> migrate, IResourceBuilder<ProjectResource> server) =>
        database.WithCommand(
            "reset", "Reset database", context => ResetAsync(context, database.Resource, migrate.Resource, server.Resource),
            new()
            {
                ConfirmationMessage = "All accounts, storage objects and records of this database will be gone. Go on?",
                IconName = "DatabaseArrowDown",
                IsHighlighted = true,
            });

    private static async Task<ExecuteCommandResult> ResetAsync(
        ExecuteCommandContext context, IResourceWithConnectionString database, ProjectResource migrate, ProjectResource server)
    {
        var commands = context.Services.GetRequiredService<ResourceCommandService>();
        var states = context.Services.GetRequiredService<ResourceNotificationService>();
        var cancellationToken = context.CancellationToken;
        await commands.ExecuteCommandAsync(server, KnownResourceCommands.StopCommand, cancellationToken);
        await states.WaitForResourceAsync(server.Name, KnownResourceStates.TerminalStates, cancellationToken);
        await DropAsync(await database.GetConnectionStringAsync(cancellationToken), cancellationToken);

        await commands.ExecuteCommandAsync(migrate, KnownResourceCommands.RestartCommand, cancellationToken);
        return await commands.ExecuteCommandAsync(server, KnownResourceCommands.StartCommand, cancellationToken);
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
