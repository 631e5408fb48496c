using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nakama.Server.Database;

/// <summary>
/// Validates JSON text that a client wants stored in a column of type <c>jsonb</c>. The column keeps numbers with all their
/// digits and returns them written out: the eight bytes <c>1e131000</c> come back as 131 001 digits. So a number must be
/// representable as a double and have at most <see cref="MaxNumberLength"/> characters.
/// </summary>
public static class JsonbText
{
    /// <summary>Maximum characters of a number, including sign and exponent.</summary>
    public const int MaxNumberLength = 400;

    /// <summary>The exponents of a double, counted from the decimal point.</summary>
    private const int MaxExponent = 308;
    private const int MinExponent = -324;

    private const int OnStackBytes = 1024;

    // The depth limit of the reference server; the size limit of a text is reached long before.
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 10_000 };

    private enum Finding
    {
        Object,
        OtherValue,
        NotJson,
        UnstorableNumber,
    }

    /// <summary>Whether the text is one JSON object whose numbers can be stored.</summary>
    public static bool IsObject(string text) => Examine(text) == Finding.Object;

    /// <summary>Whether the text contains a number that cannot be stored; false when it is not JSON.</summary>
    public static bool HasUnstorableNumber(string text) => Examine(text) == Finding.UnstorableNumber;

    private static Finding Examine(string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (length <= OnStackBytes)
        {
            Span<byte> bytes = stackalloc byte[OnStackBytes];
            return Examine(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Examine(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static Finding Examine(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Reading);
        try
        {
            if (!reader.Read()) return Finding.NotJson;
            var finding = reader.TokenType == JsonTokenType.StartObject ? Finding.Object : Finding.OtherValue;
            do
            {
                if (reader.TokenType == JsonTokenType.Number && !IsStorable(reader)) return Finding.UnstorableNumber;
            }
            while (reader.Read());
            return finding;
        }
        catch (JsonException)
        {
            return Finding.NotJson;
        }
    }

    private static bool IsStorable(in Utf8JsonReader reader)
    {
        var number = reader.ValueSpan;
        if (number.Length > MaxNumberLength) return false;
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        if (mark < 0) return true;
        return int.TryParse(number[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && exponent is >= MinExponent and <= MaxExponent
            && reader.TryGetDouble(out var value) && double.IsFinite(value);
    }
}
