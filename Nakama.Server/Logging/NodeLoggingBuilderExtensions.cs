using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Nakama.Server.Logging;

internal static class NodeLoggingBuilderExtensions
{
    /// <summary>
    /// Logs to stdout and file according to <c>logger</c>, or in a readable format where the console formatter is configured so.
    /// </summary>
    public static ILoggingBuilder AddNakamaLogging(
        this ILoggingBuilder logging, LoggerOptions options, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LevelOf(options.Level));
        // The libraries' lines about every request and statement would duplicate our own.
        foreach (var library in (string[])["Microsoft", "System", "Npgsql", "OpenTelemetry"])
            logging.AddFilter(library, LogLevel.Warning);
        // It logs clients that disconnected or sent no message as errors.
        logging.AddFilter("Grpc", LogLevel.Critical);
        // It logs a node that stops as an error; the phases of a node have lines of their own.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);

        var isReadable = configuration["Logging:Console:FormatterName"] == ConsoleFormatterNames.Simple && options.Stdout;
        if (isReadable) logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.AddSingleton<ILoggerProvider>(services =>
            new JsonLoggerProvider(options, services.GetRequiredService<TimeProvider>(), !isReadable));
        logging.Services.AddSingleton<LogBuffer>().AddSingleton<ILoggerProvider>(static services => services.GetRequiredService<LogBuffer>());
        logging.Services.AddSingleton<LogRates>().AddSingleton<LoggerFactory>();
        logging.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, BoundedLoggerFactory>());
        return logging;
    }

    private static LogLevel LevelOf(string level) => level.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.Debug,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        _ => LogLevel.Information,
    };
}
