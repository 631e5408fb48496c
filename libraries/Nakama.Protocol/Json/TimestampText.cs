using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Nakama.Protocol.Json;

/// <summary>Instants as RFC 3339 in UTC, with 0, 3, 6 or 9 digits of a second.</summary>
internal static class TimestampText
{
    private const long MinSeconds = -62135596800;
    private const long MaxSeconds = 253402300799;
    private const string TypeName = "google.protobuf.Timestamp";

    public static void Write(Timestamp time, Utf8JsonWriter writer)
    {
        if (time.Seconds is < MinSeconds or > MaxSeconds || time.Nanos is < 0 or > 999_999_999)
            throw new ProtoJsonException($"proto: {TypeName}: out of range");

        Span<byte> text = stackalloc byte[32];
        DateTime.UnixEpoch.AddSeconds(time.Seconds).TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var (digits, fraction) = time.Nanos switch
        {
            0 => (0, 0),
            var n when n % 1_000_000 == 0 => (3, n / 1_000_000),
            var n when n % 1_000 == 0 => (6, n / 1_000),
            var n => (9, n),
        };
        if (digits > 0)
        {
            text[length] = (byte)'.';
            for (var i = digits; i > 0; i--, fraction /= 10) text[length + i] = (byte)('0' + (fraction % 10));
            length += digits + 1;
        }

        text[length++] = (byte)'Z';
        writer.WriteStringValue(text[..length]);
    }

    public static void Read(ref JsonInput input, Timestamp time)
    {
        if (input.Kind != JsonTokenType.String) throw input.UnexpectedToken();
        if (!TryParse(input.GetString(), out var seconds, out var nanos)) throw input.InvalidWellKnown(TypeName);
        (time.Seconds, time.Nanos) = (seconds, nanos);
    }

    /// <summary>Parses <c>2020-01-31T12:00:00.5+02:00</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long seconds, out int nanos)
    {
        (seconds, nanos) = (0, 0);
        if (text.Length < 20
            || !DateTime.TryParseExact(text[..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var local))
        {
            return false;
        }

        var rest = text[19..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9) return false;
            nanos = int.Parse(rest.Slice(1, digits), NumberStyles.None, CultureInfo.InvariantCulture);
            for (var i = digits; i < 9; i++) nanos *= 10;
            rest = rest[(digits + 1)..];
        }

        if (!TryParseZone(rest, out var offset)) return false;
        seconds = ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offset;
        return seconds is >= MinSeconds and <= MaxSeconds;
    }

    private static bool TryParseZone(ReadOnlySpan<char> text, out int offsetSeconds)
    {
        offsetSeconds = 0;
        if (text is "Z") return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text.Slice(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 24 || minutes >= 60)
        {
            return false;
        }

        offsetSeconds = ((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }
}
