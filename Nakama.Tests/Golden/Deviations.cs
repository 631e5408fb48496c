using System.Text.Json;
using System.Text.RegularExpressions;
using Nakama.Tests.House;

namespace Nakama.Tests.Golden;

/// <summary>
/// Responses that differ from the recorded ones on purpose, as listed in a file: by conversation and place, the difference as it
/// is seen. A place that is listed must still differ, and as it is listed. Those that matter to games and operators are in
/// <c>docs/compatibility.md</c>.
/// </summary>
internal sealed partial class Deviations(string file)
{
    private readonly Dictionary<string, Dictionary<string, Deviation>> _byConversation =
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Deviation>>>(File.ReadAllBytes(file), JsonSerializerOptions.Web)!;

    /// <summary>Those of the conversations with the reference server and its console.</summary>
    public static Deviations OfReference { get; } = new(Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "deviations.json"));

    /// <summary>The differences that are not listed, and the entries that are not true any more.</summary>
    public ScenarioResult Unlisted(string conversation, ScenarioResult result)
    {
        if (!_byConversation.TryGetValue(conversation, out var known)) return result;
        var wrong = result.TextDifferences.Where(line => known.ContainsKey(PlaceOf(line)) && !IsListed(line))
            .Concat(known.Keys.Except(result.TextDifferences.Select(PlaceOf)).Select(static place => $"{place}: listed, but does not differ")).ToList();
        return new ScenarioResult(
            [.. result.Differences.Where(line => !IsListed(line)).Union(wrong)],
            [.. result.TextDifferences.Where(line => !IsListed(line)).Union(wrong)]);

        bool IsListed(string line) => known.GetValueOrDefault(PlaceOf(line))?.Seen == SeenIn(line);
    }

    /// <summary>The step and the path within its answer.</summary>
    private static string PlaceOf(string difference) => PlacePattern().Replace(difference, "$1 $2");

    /// <summary>The recorded value and the one of this server.</summary>
    private static string SeenIn(string difference) => PlacePattern().Replace(difference, "$3");

    [GeneratedRegex(@"^(step \d+) \(.*?\) ([^:]*): ((?:expected|missing|not expected).*)$", RegexOptions.Singleline)]
    private static partial Regex PlacePattern();

    /// <param name="Seen">The recorded value and the one of this server.</param>
    /// <param name="Reason">Why they differ.</param>
    private sealed record Deviation(string Seen, string Reason);
}
