using System.Globalization;
using System.Text;

namespace Nakama.Server.Transport.Grpc;

/// <summary>Headers and trailers as gRPC writes them.</summary>
internal static class GrpcText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>Reads a <c>grpc-timeout</c>: up to eight digits and a unit.</summary>
    public static bool TryParseTimeout(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)) return false;
        var ticks = text[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            'n' => 0,
            _ => -1,
        };
        if (ticks < 0) return false;
        timeout = ticks == 0 ? new TimeSpan(amount / TimeSpan.NanosecondsPerTick) : new TimeSpan(Math.Min(amount, Longest.Ticks / ticks) * ticks);
        return true;
    }

    /// <summary>A sentence as a <c>grpc-message</c>: what is not printable ASCII is percent-encoded.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('%')) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x20 and <= 0x7e and not (byte)'%') escaped.Append((char)b);
            else escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
