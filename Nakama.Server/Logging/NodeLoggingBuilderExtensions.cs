using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Nakama.Server.Logging;

internal static class NodeLoggingBuilderExtensions
{
    /// <summary>Lines to stdout and file as <c>logger</c> says, or readable ones where the terminal's owner asks for them.</summary>
    public static ILoggingBuilder AddNakamaLogging(
        this ILoggingBuilder logging, LoggerOptions options, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LevelOf(options.Level));
        // What the libraries below us tell about every request and statement is ours to tell.
        foreach (var library in (string[])["Microsoft", "System", "Npgsql", "OpenTelemetry"])
            logging.AddFilter(library, LogLevel.Warning);
        // What it calls an error is a client that went away or sent no message.
        logging.AddFilter("Grpc", LogLevel.Critical);

        var isReadable = configuration["Logging:Console:FormatterName"] == ConsoleFormatterNames.Simple && options.Stdout;
        if (isReadable) logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.AddSingleton<ILoggerProvider>(services =>
            new JsonLoggerProvider(options, services.GetRequiredService<TimeProvider>(), !isReadable));
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
