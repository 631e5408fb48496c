using System.Globalization;

namespace Nakama.Server.Runtime.Functions;

/// <summary>What modules are given for the text of a column.</summary>
internal static class SqlText
{
    private const string ByteaPrefix = @"\x";

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFzz", "yyyy-MM-dd HH:mm:ss.FFFFFFzzz",
    ];

    public static HostValue Read(string type, string text) => type switch
    {
        "smallint" or "integer" or "bigint" or "oid" or "real" or "double precision" => HostValue.Of(NumberOf(text)),
        "boolean" => HostValue.Of(text == "t"),
        "bytea" when text.StartsWith(ByteaPrefix, StringComparison.Ordinal) => HostValue.Of(Convert.FromHexString(text.AsSpan(ByteaPrefix.Length))),
        "date" or "timestamp with time zone" or "timestamp without time zone" => TimeOf(text),
        _ => HostValue.Of(text),
    };

    private static double NumberOf(string text) => text switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>Seconds since the epoch; what no calendar knows stays a text.</summary>
    private static HostValue TimeOf(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? HostValue.Of((double)time.ToUnixTimeSeconds())
            : HostValue.Of(text);
}
