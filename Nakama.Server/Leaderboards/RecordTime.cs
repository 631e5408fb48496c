using Google.Protobuf.WellKnownTypes;

namespace Nakama.Server.Leaderboards;

/// <summary>Times of records and periods: whole seconds since the epoch here, timestamps in the database and in messages.</summary>
internal static class RecordTime
{
    // What the database and the framework can both hold.
    private const long Earliest = -62135596799;
    private const long Latest = 253402300799;

    /// <summary>Whether there can be anything at that time.</summary>
    public static bool IsPossible(long seconds) => seconds is >= Earliest and <= Latest;

    public static DateTime Of(long seconds) => DateTime.UnixEpoch.AddSeconds(seconds);

    public static long Seconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();

    /// <summary>With the second as the smallest part, as messages show them.</summary>
    public static Timestamp Stamp(DateTime time) => new() { Seconds = Seconds(time) };

    /// <summary>As the fields of 32 bits show a time, where what does not fit wraps around.</summary>
    public static uint Field(long seconds) => unchecked((uint)seconds);
}
