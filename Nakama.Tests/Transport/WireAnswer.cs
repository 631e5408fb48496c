using System.Globalization;
using System.Text;

namespace Nakama.Tests.Transport;

/// <summary>An answer as it came over the wire.</summary>
public sealed record WireAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? this[string header] => Headers.GetValueOrDefault(header);

    public static WireAnswer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).GroupBy(l => l[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => string.Join(", ", g.Select(l => l[1])), StringComparer.OrdinalIgnoreCase);
        var body = bytes[(end + 4)..];
        return new(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
    }
}
