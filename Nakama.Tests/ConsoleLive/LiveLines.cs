using Microsoft.Extensions.Logging;

namespace Nakama.Tests.ConsoleLive;

internal static partial class LiveLines
{
    [LoggerMessage(LogLevel.Warning, "A line of the test: {Word} with {Text} and {Password}")]
    public static partial void Wrote(Microsoft.Extensions.Logging.ILogger logger, string word, string text, string password);
}
