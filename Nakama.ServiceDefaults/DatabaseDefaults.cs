using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Nakama.ServiceDefaults;

/// <summary>The one way to a database: how a connection string becomes a pool, and how the pool becomes a service.</summary>
public static class DatabaseDefaults
{
    /// <summary>Registers the pool for <c>ConnectionStrings:{name}</c>; a missing string fails at first use.</summary>
    public static IHostApplicationBuilder AddNakamaDatabase(this IHostApplicationBuilder builder, string name)
    {
        builder.Services.AddNakamaDatabase(services =>
            services.GetRequiredService<IConfiguration>().GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set."));
        return builder;
    }

    /// <summary>Registers the pool for a connection string that is known when it is first used.</summary>
    public static IServiceCollection AddNakamaDatabase(
        this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddSingleton(provider =>
            CreateDataSource(connectionString(provider), provider.GetService<ILoggerFactory>()));
        services.AddHealthChecks().AddCheck<DatabaseHealth>("PostgreSql");
        return services;
    }

    /// <summary>Builds a pool with our settings wherever the string does not say otherwise.</summary>
    public static NpgsqlDataSource CreateDataSource(string connectionString, ILoggerFactory? loggers)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var text = builder.ConnectionStringBuilder;
        var given = new HashSet<string>(text.Keys.Cast<string>(), StringComparer.OrdinalIgnoreCase);
        // No statement of ours leaves state in a session, so there is nothing to reset between two users of a connection.
        if (!given.Contains("No Reset On Close")) text.NoResetOnClose = true;
        if (!given.Contains("Max Auto Prepare")) text.MaxAutoPrepare = 256;
        if (!given.Contains("Auto Prepare Min Usages")) text.AutoPrepareMinUsages = 2;
        if (!given.Contains("Enlist")) text.Enlist = false;
        // A peer that vanished without a word is noticed by the system instead of by a hanging request.
        if (!given.Contains("TCP Keepalive")) text.TcpKeepAlive = true;
        if (!given.Contains("Application Name")) text.ApplicationName = "nakama";
        return builder.UseLoggerFactory(loggers).Build();
    }
}
