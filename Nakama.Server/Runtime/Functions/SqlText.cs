using System.Globalization;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Converts the text of a column to a value for modules.</summary>
internal static class SqlText
{
    private const string ByteaPrefix = @"\x";

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFzz", "yyyy-MM-dd HH:mm:ss.FFFFFFzzz",
    ];

    public static ScriptValue Read(string type, string text) => type switch
    {
        "smallint" or "integer" or "bigint" or "oid" or "real" or "double precision" => ScriptValue.Of(NumberOf(text)),
        "boolean" => ScriptValue.Of(text == "t"),
        "bytea" when text.StartsWith(ByteaPrefix, StringComparison.Ordinal) => ScriptValue.Of(Convert.FromHexString(text.AsSpan(ByteaPrefix.Length))),
        "date" or "timestamp with time zone" or "timestamp without time zone" => TimeOf(text),
        _ => ScriptValue.Of(text),
    };

    private static double NumberOf(string text) => text switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>Seconds since the epoch; a time outside the calendar range stays a string.</summary>
    private static ScriptValue TimeOf(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? ScriptValue.Of((double)time.ToUnixTimeSeconds())
            : ScriptValue.Of(text);
}
