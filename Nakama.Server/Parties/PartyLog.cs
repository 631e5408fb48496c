namespace Nakama.Server.Parties;

internal static partial class PartyLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Parties could not be listed: {Reason}")]
    public static partial void ListFailed(ILogger logger, string reason);
}
