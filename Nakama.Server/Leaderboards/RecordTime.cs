using Google.Protobuf.WellKnownTypes;

namespace Nakama.Server.Leaderboards;

/// <summary>Times of records and periods: whole seconds since the epoch here, timestamps in the database and in messages.</summary>
internal static class RecordTime
{
    // The range that both the database and .NET can represent.
    private const long Earliest = -62135596799;
    private const long Latest = 253402300799;

    /// <summary>Whether records can exist at that time.</summary>
    public static bool IsPossible(long seconds) => seconds is >= Earliest and <= Latest;

    public static DateTime Of(long seconds) => DateTime.UnixEpoch.AddSeconds(seconds);

    public static long Seconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();

    /// <summary>Truncated to whole seconds, as messages represent it.</summary>
    public static Timestamp Stamp(DateTime time) => new() { Seconds = Seconds(time) };

    /// <summary>As a 32-bit field, which wraps around on overflow.</summary>
    public static uint Field(long seconds) => unchecked((uint)seconds);
}
