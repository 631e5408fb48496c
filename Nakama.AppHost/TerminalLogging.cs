using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Nakama.AppHost;

/// <summary>
/// Limits the terminal to output that a person must read. All other log entries are in the dashboard; the settings below
/// <c>Logging</c> enable them again.
/// </summary>
internal static class TerminalLogging
{
    public static void AddTerminalLogging(this IDistributedApplicationBuilder builder) => builder.Services.AddLogging(logging => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Aspire.Hosting", LogLevel.Error)
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
        // A cancelled start ends here in an exception, whose reason is already on the terminal.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
        .AddConsole(console => console.FormatterName = PlainFormatter.FormatterName)
        .AddConsoleFormatter<PlainFormatter, ConsoleFormatterOptions>());
}
