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

    /// <summary>Seconds since the epoch; what no calendar knows stays a text.</summary>
    private static ScriptValue TimeOf(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? ScriptValue.Of((double)time.ToUnixTimeSeconds())
            : ScriptValue.Of(text);
}
