using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="ISchedules"/>
internal sealed class GameSchedules(GameFunctionCaller caller) : GameFunctionGroup(caller), ISchedules
{
    private static readonly long Never = DateTimeOffset.MinValue.ToUnixTimeSeconds();

    public DateTimeOffset? Next(string expression, DateTimeOffset after) => Find("cron_next", expression, after);

    public DateTimeOffset? Previous(string expression, DateTimeOffset before) => Find("cron_prev", expression, before);

    private DateTimeOffset? Find(string function, string expression, DateTimeOffset instant)
    {
        var seconds = Call(function, [Text(expression), Instant(instant)]).AsWhole();
        return seconds <= Never ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
