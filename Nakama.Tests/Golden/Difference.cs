using System.Security.Cryptography;
using System.Text;

namespace Nakama.Tests.Golden;

/// <summary>The differences between two responses, one line for each location.</summary>
internal static class Difference
{
    private const int Shown = 200;

    public static IEnumerable<string> Between(object? expected, object? actual, string path = "")
    {
        switch (expected, actual)
        {
            case (OrderedDictionary<string, object?> e, OrderedDictionary<string, object?> a):
                return e.Keys.Union(a.Keys).Order(StringComparer.Ordinal).SelectMany(key => OfMember(e, a, key, path));
            case (List<object?> e, List<object?> a) when e.Count == a.Count:
                return e.SelectMany((item, i) => Between(item, a[i], $"{path}[{i}]"));
            case (decimal or double, decimal or double):
                return AreEqual(expected, actual) ? [] : [Line(expected, actual, path)];
            default:
                return Equals(Plain(expected), Plain(actual)) ? [] : [Line(expected, actual, path)];
        }
    }

    /// <summary>The same response without its error messages.</summary>
    public static object? WithoutTexts(object? value) => value switch
    {
        OrderedDictionary<string, object?> members => new OrderedDictionary<string, object?>(members.Select(member => KeyValuePair.Create(
            member.Key,
            IsText(members, member.Key, member.Value) ? "<text>" : WithoutTexts(member.Value)))),
        List<object?> items => items.Select(WithoutTexts).ToList(),
        _ => value,
    };

    private static bool IsText(OrderedDictionary<string, object?> members, string key, object? value) => value is string && key switch
    {
        "message" or "error" => members.ContainsKey("code"),
        // The explorer returns the error of the call in the body; plain handlers return only a text.
        "error_message" => true,
        "body" => members.GetValueOrDefault("status") is decimal and >= 400,
        _ => false,
    };

    /// <summary>The reference server's library of messages varies the kind of space in its errors.</summary>
    private static object? Plain(object? value) => value is string text ? text.Replace('\u00a0', ' ') : value;

    private static IEnumerable<string> OfMember(
        OrderedDictionary<string, object?> expected, OrderedDictionary<string, object?> actual, string key, string path)
    {
        if (!actual.TryGetValue(key, out var a)) return [$"{path}.{key}: missing, expected {Short(expected[key])}"];
        if (!expected.TryGetValue(key, out var e)) return [$"{path}.{key}: not expected, got {Short(a)}"];
        return Between(e, a, $"{path}.{key}");
    }

    private static bool AreEqual(object expected, object actual) =>
        expected is decimal e && actual is decimal a ? e == a : Convert.ToDouble(expected, null) == Convert.ToDouble(actual, null);

    private static string Line(object? expected, object? actual, string path) =>
        $"{path}: expected {Short(expected)} got {Short(actual)}";

    private static string Short(object? value)
    {
        var text = Json.Write(value);
        // With a hash, so that differences beyond the beginning show too.
        return text.Length <= Shown ? text : $"{text[..Shown]}... {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}";
    }
}
