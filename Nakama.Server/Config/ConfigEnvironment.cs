using System.Collections;
using System.Globalization;
using Nakama.Server.Errors;

namespace Nakama.Server.Config;

/// <summary>
/// Reads <c>NAKAMA_SOCKET__SERVER_KEY</c> as <c>socket.server_key</c>. A list is given whole, divided by commas, or
/// one entry at a time as <c>NAKAMA_RUNTIME__ENV__0</c>, <c>__1</c> and so on.
/// </summary>
internal static class ConfigEnvironment
{
    private const string Prefix = "NAKAMA_";

    /// <summary>Whether anonymous telemetry is sent; understood by the reference server, which knows no other variable.</summary>
    private const string Telemetry = "NAKAMA_TELEMETRY";

    public static List<FlagValue> Read(IDictionary environment, ICollection<string> unknown)
    {
        var values = new List<FlagValue>();
        var entries = new SortedDictionary<(string Flag, int Index), string>();
        var flags = FlagTable.ByName.Values.ToDictionary(flag => flag.Variable, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || name.Equals(Telemetry, StringComparison.OrdinalIgnoreCase)) continue;
            var text = (string?)variable.Value ?? "";
            if (flags.TryGetValue(name, out var flag)) values.Add(new FlagValue(flag, Parse(flag, name, text)));
            else if (Entry(flags, name) is { } entry) entries[entry] = text;
            else unknown.Add(name);
        }

        foreach (var list in entries.GroupBy(entry => entry.Key.Flag))
            values.Add(new FlagValue(FlagTable.ByName[list.Key], list.Select(entry => entry.Value).ToArray()));
        return values;
    }

    private static object Parse(Flag flag, string name, string text)
    {
        if (flag.Kind == FlagKind.List)
            return text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            return flag.Parse(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new StartupException($"{name} cannot be \"{text}\": {e.Message}", e);
        }
    }

    private static (string Flag, int Index)? Entry(Dictionary<string, Flag> flags, string name)
    {
        var split = name.LastIndexOf("__", StringComparison.Ordinal);
        return split > 0
            && flags.TryGetValue(name[..split], out var flag) && flag.Kind == FlagKind.List
            && int.TryParse(name.AsSpan(split + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? (flag.Name, index)
                : null;
    }
}
