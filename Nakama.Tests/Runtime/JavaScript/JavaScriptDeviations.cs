using System.Text.Json;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>Recorded answers that this server gives in another way, as listed in <c>javascript-deviations.json</c>.</summary>
internal static class JavaScriptDeviations
{
    private static readonly JsonElement All = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(SourceTree.Root, "Nakama.Tests", "Runtime", "Snippets", "javascript-deviations.json"))).RootElement;

    /// <summary>The same kind of error in the words of another engine.</summary>
    public static readonly HashSet<string> Wording = [.. All.GetProperty("wording").EnumerateArray().Select(static name => name.GetString()!)];

    /// <summary>Another value, by the reason.</summary>
    public static readonly Dictionary<string, string> Values = All.GetProperty("values").EnumerateObject().ToDictionary(static entry => entry.Name, static entry => entry.Value.GetString()!);
}
