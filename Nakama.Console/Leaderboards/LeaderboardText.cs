using System.Globalization;

namespace Nakama.Console.Leaderboards;

/// <summary>The values of leaderboards in words.</summary>
internal static class LeaderboardText
{
    public static string SortOrder(uint value) => value == 0 ? "Ascending" : "Descending";

    public static string Operator(uint value) => value switch
    {
        0 => "Best",
        1 => "Set",
        2 => "Increment",
        3 => "Decrement",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The schedule as it was written, which is a cron expression.</summary>
    public static string Reset(string schedule) => schedule.Length == 0 ? "Never" : schedule;

    /// <summary>A time in seconds since the epoch; null when it is not set.</summary>
    public static DateTimeOffset? Time(uint seconds) => seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
}
