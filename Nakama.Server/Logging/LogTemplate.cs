using System.Collections.Concurrent;
using System.Text.Json;

namespace Nakama.Server.Logging;

/// <summary>Evaluates message templates: which text is the message of an entry, and the names of its fields.</summary>
internal static class LogTemplate
{
    /// <summary>The key under which an entry carries its template.</summary>
    public const string Key = "{OriginalFormat}";

    /// <summary>Templates and names are constants of the code, so the size of these caches is bounded.</summary>
    private static readonly ConcurrentDictionary<string, string?> Messages = new();
    private static readonly ConcurrentDictionary<string, string> Names = new();

    /// <summary>
    /// The words of a template whose values are all at its end, since the fields repeat them; for a template without
    /// words its first value, and <paramref name="skipped"/> is then 1. Null for any other template, which has to be
    /// formatted with its values.
    /// </summary>
    public static string? Message(IReadOnlyList<KeyValuePair<string, object?>>? fields, out int skipped)
    {
        skipped = 0;
        if (fields is null || fields.Count == 0 || fields[^1] is not { Key: Key, Value: string template }) return null;
        if (Messages.GetOrAdd(template, Words) is not { } words) return null;
        if (words.Length > 0) return words;
        skipped = 1;
        return fields[0].Value as string ?? "";
    }

    /// <summary>The field's name in log lines: <c>SessionId</c> is <c>session_id</c>.</summary>
    public static string FieldName(string key) =>
        Names.TryGetValue(key, out var name) ? name
        : key.Length > 0 && char.IsAsciiLetterUpper(key[0]) ? Names.GetOrAdd(key, JsonNamingPolicy.SnakeCaseLower.ConvertName)
        : key;

    private static string? Words(string template)
    {
        var start = template.IndexOf('{', StringComparison.Ordinal);
        if (start < 0) return template;
        var rest = template.AsSpan(start);
        while (rest.Length > 0)
        {
            var end = rest.IndexOf('}');
            if (rest[0] != '{' || end < 0) return null;
            rest = rest[(end + 1)..].TrimStart(" ,:");
        }

        return template[..start].TrimEnd(' ', ',', ':');
    }
}
