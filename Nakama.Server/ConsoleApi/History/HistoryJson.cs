using System.Text.Json;
using Nakama.Server.Database;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>Compares and merges states by their top-level members.</summary>
internal static class HistoryJson
{
    private const int MaxNames = 20;
    private const int MaxNameLength = 64;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 10_000 };

    public static JsonDocument Parse(ObjectState state) => JsonDocument.Parse(state.Json, Reading);

    /// <summary>The members that differ, in the order of their names, at most twenty; none where one of the states is missing.</summary>
    public static IReadOnlyList<string> ChangedNames(ObjectState? before, ObjectState? after)
    {
        if (before is null || after is null) return [];
        using var old = Parse(before);
        using var now = Parse(after);
        return [.. Changed(old.RootElement, now.RootElement).Take(MaxNames).Select(static name => name.Length <= MaxNameLength ? name : name[..MaxNameLength])];
    }

    /// <summary>The present state with those members as before that the change has altered.</summary>
    public static ObjectState Merge(ObjectState present, ObjectState before, ObjectState after)
    {
        using var now = Parse(present);
        using var old = Parse(before);
        using var changed = Parse(after);
        var names = Changed(old.RootElement, changed.RootElement).ToHashSet(StringComparer.Ordinal);
        return ObjectState.Write(writer =>
        {
            foreach (var member in now.RootElement.EnumerateObject())
            {
                var value = names.Contains(member.Name) && old.RootElement.TryGetProperty(member.Name, out var former) ? former : member.Value;
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
            }
        });
    }

    private static IEnumerable<string> Changed(JsonElement old, JsonElement now)
    {
        var names = old.EnumerateObject().Concat(now.EnumerateObject()).Select(static member => member.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var isSame = old.TryGetProperty(name, out var before) && now.TryGetProperty(name, out var after)
                && string.Equals(before.GetRawText(), after.GetRawText(), StringComparison.Ordinal);
            if (!isSame) yield return name;
        }
    }
}
