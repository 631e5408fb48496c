using System.Globalization;
using System.Text.RegularExpressions;

namespace Nakama.Tests.Golden;

/// <summary>
/// The parts of an answer of the console API that a recorded step compares, and replacements for the values that only the
/// console returns and that differ from run to run.
/// </summary>
internal static partial class ConsoleAnswers
{
    private static readonly HashSet<string> ProcessValues =
    [
        "session_count", "presence_count", "match_count", "party_count", "goroutine_count", "avg_latency_ms", "avg_rate_sec",
        "avg_input_kbs", "avg_output_kbs", "tick", "total_count",
    ];

    private static readonly string[] Rights = ["delete", "read", "write"];

    /// <summary>
    /// Keeps the items of lists that the step's own objects appear in, sorts unordered lists, and returns whether the lists that
    /// must be in order are.
    /// </summary>
    public static OrderedDictionary<string, object?> Narrow(OrderedDictionary<string, object?> step, object? answer, Normaliser normaliser)
    {
        foreach (var (field, needles) in Optional(step, "only"))
        {
            if (Items(answer, field) is { } items)
                items.RemoveAll(item => !((List<object?>)needles!).Any(needle => Json.Write(item).Contains((string)needle!, StringComparison.Ordinal)));
        }

        var order = new OrderedDictionary<string, object?>();
        foreach (var (field, key) in Optional(step, "sorted"))
        {
            var values = (Items(answer, field) ?? []).Select(item => (string?)Members(item)?.GetValueOrDefault((string)key!)).ToList();
            order[field] = values.SequenceEqual(values.Order(StringComparer.Ordinal));
        }

        foreach (var field in Names(step.GetValueOrDefault("unordered")))
        {
            if (Items(answer, field) is not { } items) continue;
            var sorted = items.OrderBy(normaliser.Anonymous, StringComparer.Ordinal).ToList();
            items.Clear();
            items.AddRange(sorted);
        }

        return order;
    }

    /// <summary>Replaces what the step compares only by its kind or length, and keeps only the paths that it names.</summary>
    public static object? Reduce(OrderedDictionary<string, object?> step, object? answer)
    {
        if (Members(answer) is { } members)
        {
            foreach (var field in Names(step.GetValueOrDefault("length")))
            {
                if (members.GetValueOrDefault(field) is List<object?> items)
                    members[field] = new OrderedDictionary<string, object?> { ["<items>"] = (decimal)items.Count };
            }
        }

        if (step.TryGetValue("any", out var any)) answer = Blank(answer, null, [.. Names(any)]);
        if (step.GetValueOrDefault("pick") is not OrderedDictionary<string, object?> picked) return answer;
        return new OrderedDictionary<string, object?>(picked.Select(pick => KeyValuePair.Create(
            pick.Key, ScenarioPlayer.Follow(answer, (string)pick.Value!, out var found) ? found : "<missing>")));
    }

    /// <summary>Replaces values that differ from run to run.</summary>
    public static object? Tame(object? value, string? key = null) => value switch
    {
        OrderedDictionary<string, object?> members => key == "acl" && IsAcl(members) ? Acl(members)
            : new OrderedDictionary<string, object?>(members.Select(member => KeyValuePair.Create(member.Key, Tame(member.Value, member.Key)))),
        List<object?> items => items.Select(item => Tame(item, key)).ToList(),
        null => null,
        _ when key is not null && ProcessValues.Contains(key) => "<number>",
        string text => Tame(text, key),
        _ => value,
    };

    private static object? Tame(string text, string? key)
    {
        if (key == "server_version") return "<version>";
        if (key == "path" && text.Contains('/')) return "<dir>/" + text[(text.LastIndexOf('/') + 1)..];
        if (text == "1970-01-01T00:00:00Z") return "<time zero>";
        if (TokenPattern().IsMatch(text)) return Token(text);
        return text.StartsWith('{') && text.EndsWith('}') && Json.TryParse(text, out var json)
            ? new OrderedDictionary<string, object?> { ["<json>"] = Tame(json) }
            : text;
    }

    private static OrderedDictionary<string, object?> Token(string token)
    {
        var (header, claims) = (Normaliser.Part(token, 0), Normaliser.Part(token, 1));
        // Our tokens name their purpose and the moment of the sign-in.
        foreach (var own in (string[])["cki", "use", "ims"]) claims.Remove(own);
        if (claims.GetValueOrDefault("secret") is string secret)
        {
            claims["mfa_url"] = (claims.GetValueOrDefault("mfa_url") as string ?? "").Replace(secret, "<secret>", StringComparison.Ordinal);
            claims["secret"] = string.Create(CultureInfo.InvariantCulture, $"<secret of {secret.Length}>");
        }

        var issued = claims.GetValueOrDefault("iat") ?? claims.GetValueOrDefault("crt") ?? (decimal)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var life = (decimal)(claims.GetValueOrDefault("exp") ?? 0m) - (decimal)issued;
        return new OrderedDictionary<string, object?> { ["<jwt>"] = header, ["claims"] = claims, ["lifetime"] = Math.Round(life / 60) * 60 };
    }

    private static bool IsAcl(OrderedDictionary<string, object?> members) =>
        members.Count > 0 && members.Values.All(static value => Members(value) is { } rights && rights.Keys.Order(StringComparer.Ordinal).SequenceEqual(Rights));

    private static OrderedDictionary<string, object?> Acl(OrderedDictionary<string, object?> resources)
    {
        var granted = resources.OrderBy(static resource => resource.Key, StringComparer.Ordinal)
            .Select(static resource => (resource.Key, Letters: string.Concat("read write delete".Split(' ').Where(right => Members(resource.Value)![right] is true).Select(right => right[0]))))
            .Where(static resource => resource.Letters.Length > 0);
        return new OrderedDictionary<string, object?>
        {
            ["<acl>"] = string.Join(' ', granted.Select(static resource => $"{resource.Key}:{resource.Letters}")),
            ["resources"] = (decimal)resources.Count,
        };
    }

    private static object? Blank(object? value, string? key, HashSet<string> names)
    {
        if (key is not null && names.Contains(key)) return Kind(value);
        return value switch
        {
            OrderedDictionary<string, object?> members => new OrderedDictionary<string, object?>(
                members.Select(member => KeyValuePair.Create(member.Key, Blank(member.Value, member.Key, names)))),
            List<object?> items => items.Select(item => Blank(item, key, names)).ToList(),
            _ => value,
        };
    }

    /// <summary>The names that the recordings use.</summary>
    private static string Kind(object? value) => value switch
    {
        null => "<NoneType>",
        bool => "<bool>",
        decimal => "<int>",
        double => "<float>",
        string => "<str>",
        List<object?> => "<list>",
        _ => "<dict>",
    };

    private static IEnumerable<string> Names(object? value) => value switch
    {
        string name => [name],
        List<object?> names => names.Cast<string>(),
        _ => [],
    };

    private static List<object?>? Items(object? answer, string field) => Members(answer)?.GetValueOrDefault(field) as List<object?>;

    private static OrderedDictionary<string, object?> Optional(OrderedDictionary<string, object?> step, string name) => Members(step.GetValueOrDefault(name)) ?? [];

    private static OrderedDictionary<string, object?>? Members(object? value) => value as OrderedDictionary<string, object?>;

    [GeneratedRegex(@"\AeyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\z")]
    private static partial Regex TokenPattern();
}
