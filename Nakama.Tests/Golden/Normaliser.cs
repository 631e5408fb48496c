using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nakama.Tests.Golden;

/// <summary>
/// Replaces values that differ from run to run: ids by their order of appearance, tokens by their claims, times and cursors by
/// a placeholder, and the scenario's own random strings by their names.
/// </summary>
internal sealed partial class Normaliser(OrderedDictionary<string, object?> variables)
{
    /// <summary>The name of the node on which the conversations were recorded.</summary>
    private const string RecordedNode = "n1";

    private const string SystemUser = "00000000-0000-0000-0000-000000000000";

    private static readonly string[] PresenceLists = ["presences", "joins", "leaves", "users"];

    private readonly Dictionary<string, string> _ids = [];

    public object? Normalise(object? value, string? key = null) => value switch
    {
        OrderedDictionary<string, object?> members => Members(members),
        List<object?> items => Items(items, key),
        decimal number => Number((double)number) ?? value,
        double number => Number(number) ?? value,
        string text => Text(text, key),
        _ => value,
    };

    /// <summary>Lists of presences are unordered: sorts them by the names that the scenario gave its users.</summary>
    public object? Presort(object? value) => value switch
    {
        OrderedDictionary<string, object?> members => new OrderedDictionary<string, object?>(members.Select(member => KeyValuePair.Create(
            member.Key,
            PresenceLists.Contains(member.Key) && member.Value is List<object?> list && list.All(item => item is OrderedDictionary<string, object?>)
                ? list.OrderBy(NameOf, StringComparer.Ordinal).ThenBy(SessionOf, StringComparer.Ordinal).ToList()
                : Presort(member.Value)))),
        List<object?> items => items.Select(Presort).ToList(),
        _ => value,
    };

    /// <summary>The sort key for items of an unordered list: their text without the ids that no scenario defines.</summary>
    public string Anonymous(object? value)
    {
        var text = TimePattern().Replace(Json.Write(value, sortKeys: true), "");
        foreach (var (name, own) in OwnStrings()) text = text.Replace(own, $"<{name}>", StringComparison.Ordinal);
        return UuidPattern().Replace(text, "");
    }

    private OrderedDictionary<string, object?> Members(OrderedDictionary<string, object?> members)
    {
        var result = new OrderedDictionary<string, object?>();
        foreach (var (key, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            // The name before the value: both may contain the first occurrence of an id.
            var name = NormalName(key);
            result[name] = Normalise(value, key);
        }

        if (result.TryGetValue("user_id_one", out var one) && result.TryGetValue("user_id_two", out var two)
            && string.CompareOrdinal((string)one!, (string)two!) > 0)
        {
            // The server orders the two by id, which differs from run to run.
            (result["user_id_one"], result["user_id_two"]) = (two, one);
        }

        return result;
    }

    private string NormalName(string key) => Text(key, null) as string ?? key;

    private List<object?> Items(List<object?> items, string? key)
    {
        var result = items.Select(item => Normalise(item, key)).ToList();
        return key == "devices" ? [.. result.OrderBy(item => Json.Write(item), StringComparer.Ordinal)] : result;
    }

    private static string? Number(double number) => Math.Abs(number) switch
    {
        > 1.5e9 and < 2.6e9 => "<epoch>",
        > 1.5e12 and < 2.6e12 => "<epoch_ms>",
        > 1.5e18 and < 2.6e18 => "<epoch_ns>",
        _ => null,
    };

    private object? Text(string text, string? key)
    {
        if (key == "stackTrace") return "<trace>";
        if (key is not null && key.Contains("cursor", StringComparison.Ordinal) && text.Length > 0) return "<cursor>";
        if (key is "token" or "refresh_token" && WholeTokenPattern().IsMatch(text)) return Token(text);
        if (key == "data" && text.Length > 0 && Base64(text) is { } data)
            return new OrderedDictionary<string, object?> { ["<base64>"] = Text(data, null) };

        if (key == "node" && text.Length > 0) return RecordedNode;

        text = TokenPattern().Replace(text, "<jwt>");
        if (DigitsPattern().IsMatch(text))
        {
            var number = decimal.Parse(text, CultureInfo.InvariantCulture);
            return Number((double)number) ?? number.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, own) in OwnStrings())
        {
            if (!UuidPattern().IsMatch(own) && !TokenPattern().IsMatch(own)) text = text.Replace(own, $"<var:{name}>", StringComparison.Ordinal);
        }

        text = UuidPattern().Replace(text, match => Id(match.Value));
        text = NodePattern().Replace(text, "$1.<node>");
        text = DirectChannelPattern().Replace(text, match =>
        {
            var (a, b) = (match.Groups[1].Value, match.Groups[2].Value);
            return string.CompareOrdinal(a, b) <= 0 ? $"4.{a}.{b}." : $"4.{b}.{a}.";
        });
        text = TimePattern().Replace(text, "<time>");
        return text.Length > 2 && text[0] is '{' or '[' && text[^1] is '}' or ']' && Json.TryParse(text, out var json)
            ? new OrderedDictionary<string, object?> { ["<json>"] = Normalise(json) }
            : text;
    }

    private string Id(string uuid)
    {
        if (uuid == SystemUser) return "<uuid:0>";
        if (!_ids.TryGetValue(uuid, out var name)) _ids[uuid] = name = string.Create(CultureInfo.InvariantCulture, $"<uuid:{_ids.Count + 1}>");
        return name;
    }

    private OrderedDictionary<string, object?> Token(string token)
    {
        var claims = Part(token, 1);
        var expires = claims.GetValueOrDefault("exp") as decimal? ?? 0;
        var life = expires - (claims.GetValueOrDefault("iat") as decimal? ?? expires);
        return new OrderedDictionary<string, object?>
        {
            ["<jwt>"] = Normalise(Part(token, 0)),
            ["claims"] = Normalise(claims),
            // A refreshed token keeps the time of the first one.
            ["lifetime"] = life - (life % 10),
        };
    }

    /// <summary>The header (0) or the claims (1) of a token.</summary>
    public static OrderedDictionary<string, object?> Part(string token, int index) =>
        (OrderedDictionary<string, object?>)Json.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(Padded(token.Split('.')[index]))))!;

    private static string Padded(string part) =>
        part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=');

    private static string? Base64(string text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private IEnumerable<(string Name, string Value)> OwnStrings() =>
        from variable in variables
        let text = variable.Value as string
        where text is { Length: > 5 }
        orderby text.Length descending
        select (variable.Key, text);

    private string NameOf(object? item)
    {
        var username = Presence(item).GetValueOrDefault("username");
        foreach (var (name, value) in variables)
        {
            if (Equals(value, username)) return name;
        }

        return "~";
    }

    private string SessionOf(object? item) =>
        Presence(item).GetValueOrDefault("session_id") is string id && _ids.TryGetValue(id, out var name) ? name : "~";

    private static OrderedDictionary<string, object?> Presence(object? item)
    {
        var members = (OrderedDictionary<string, object?>)item!;
        return members.GetValueOrDefault("presence") as OrderedDictionary<string, object?> ?? members;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex UuidPattern();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")]
    private static partial Regex TokenPattern();

    [GeneratedRegex(@"\AeyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\z")]
    private static partial Regex WholeTokenPattern();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z")]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"\A[0-9]{10,19}\z")]
    private static partial Regex DigitsPattern();

    [GeneratedRegex(@"(<uuid:[0-9]+>)\.[A-Za-z0-9_-]+$")]
    private static partial Regex NodePattern();

    [GeneratedRegex(@"^4\.(<uuid:[0-9]+>)\.(<uuid:[0-9]+>)\.$")]
    private static partial Regex DirectChannelPattern();
}
