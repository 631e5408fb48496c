using System.Globalization;
using Nakama.Tests.House;

namespace Nakama.Tests.Golden;

/// <summary>
/// Responses that differ from the recorded ones on purpose, as listed in <c>deviations.json</c>: by conversation and step, the
/// status and the code instead of the recorded ones. Each is listed in <c>docs/compatibility.md</c>.
/// </summary>
internal static class Deviations
{
    private static readonly OrderedDictionary<string, object?> All = Members(Json.Parse(
        File.ReadAllText(Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "deviations.json"))))!;

    /// <summary>Whether a response is the one that this step has instead of the recorded one.</summary>
    public static bool Include(string conversation, int step, object? answer)
    {
        if (Members(Members(All.GetValueOrDefault(conversation))?.GetValueOrDefault(step.ToString(CultureInfo.InvariantCulture))) is not { } other) return false;
        return answer is List<object?> envelopes
            ? envelopes.Any(envelope => Equals(Members(Members(envelope)?.GetValueOrDefault("error"))?.GetValueOrDefault("code"), other["code"]))
            : Members(answer) is { } reply && Equals(reply.GetValueOrDefault("status"), other["status"])
                && Equals(Members(reply.GetValueOrDefault("body"))?.GetValueOrDefault("code"), other.GetValueOrDefault("code"));
    }

    private static OrderedDictionary<string, object?>? Members(object? value) => value as OrderedDictionary<string, object?>;
}
