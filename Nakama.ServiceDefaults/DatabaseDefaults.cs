using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Nakama.ServiceDefaults;

/// <summary>
/// Configures all database access: creates a pool from a connection string, and registers the pool as a service.
/// </summary>
public static class DatabaseDefaults
{
    /// <summary>
    /// Registers the pool with its health check, its spans and its metrics.
    /// </summary>
    /// <param name="builder">The program.</param>
    /// <param name="name">The name of the connection, for <c>ConnectionStrings:{name}</c> and the settings below <c>Aspire:Npgsql:{name}</c>.</param>
    /// <param name="connectionString">The connection string, where it does not come from the configuration.</param>
    public static IHostApplicationBuilder AddNakamaDatabase(this IHostApplicationBuilder builder, string name, string? connectionString = null)
    {
        var isTelemetryOn = Telemetry.IsOn(builder.Configuration);
        builder.AddNpgsqlDataSource(
            name,
            settings =>
            {
                if (connectionString is not null) settings.ConnectionString = connectionString;
                // Spans and measurements have a cost for each statement, even without a receiver.
                settings.DisableTracing |= !isTelemetryOn;
                settings.DisableMetrics |= !isTelemetryOn;
            },
            source =>
            {
                Configure(source);
                source.ConfigureTracing(static tracing => tracing
                    .ConfigureCommandSpanNameProvider(static command => StatementName.Of(command.CommandText))
                    .ConfigureBatchSpanNameProvider(static batch =>
                        batch.BatchCommands.Count > 0 ? StatementName.Of(batch.BatchCommands[0].CommandText) : null));
            });
        return builder;
    }

    /// <summary>Builds a pool for a program without services.</summary>
    public static NpgsqlDataSource CreateDataSource(string connectionString, ILoggerFactory? loggers)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        Configure(builder);
        return builder.UseLoggerFactory(loggers).Build();
    }

    /// <summary>Defaults for values that the connection string does not set.</summary>
    private static void Configure(NpgsqlDataSourceBuilder builder)
    {
        var text = builder.ConnectionStringBuilder;
        var given = new HashSet<string>(text.Keys.Cast<string>(), StringComparer.OrdinalIgnoreCase);
        // The server's statements leave no state in a session, so there is nothing to reset between two users of a connection.
        if (!given.Contains("No Reset On Close")) text.NoResetOnClose = true;
        if (!given.Contains("Max Auto Prepare")) text.MaxAutoPrepare = 256;
        if (!given.Contains("Auto Prepare Min Usages")) text.AutoPrepareMinUsages = 2;
        if (!given.Contains("Enlist")) text.Enlist = false;
        // The operating system detects a vanished peer; otherwise a request would hang.
        if (!given.Contains("TCP Keepalive")) text.TcpKeepAlive = true;
        if (!given.Contains("Application Name")) text.ApplicationName = "nakama";
    }
}
