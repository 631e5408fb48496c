using System.Globalization;

namespace Nakama.Server.Transport;

/// <summary>
/// How many files and sockets this process may have open. The runtime raises the soft limit to the hard one when it starts.
/// </summary>
internal static class DescriptorLimit
{
    private const string LimitsFile = "/proc/self/limits";
    private const string Row = "Max open files";

    /// <summary>The limit in force; null where the system has none or does not report it.</summary>
    public static int? Current => File.Exists(LimitsFile) ? Read(File.ReadLines(LimitsFile)) : null;

    /// <summary>The soft limit in the table that Linux gives: name, soft, hard and unit in columns.</summary>
    internal static int? Read(IEnumerable<string> lines)
    {
        var row = lines.FirstOrDefault(static line => line.StartsWith(Row, StringComparison.Ordinal));
        var soft = row?[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
