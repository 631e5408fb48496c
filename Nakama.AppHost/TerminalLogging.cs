using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Nakama.AppHost;

/// <summary>
/// Keeps the terminal for what a person must read. Everything else is in the dashboard; the settings below
/// <c>Logging</c> bring it back.
/// </summary>
internal static class TerminalLogging
{
    public static void AddTerminalLogging(this IDistributedApplicationBuilder builder) => builder.Services.AddLogging(logging => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Aspire.Hosting", LogLevel.Error)
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
        // A start that is broken off ends here in an exception, whose reason is on the terminal already.
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
        .AddConsole(console => console.FormatterName = PlainFormatter.FormatterName)
        .AddConsoleFormatter<PlainFormatter, ConsoleFormatterOptions>());
}
