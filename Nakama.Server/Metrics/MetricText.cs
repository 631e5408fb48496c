using System.Text;

namespace Nakama.Server.Metrics;

/// <summary>Names and labels in the form that Prometheus's exposition format requires.</summary>
internal static class MetricText
{
    /// <summary>Replaces every character outside <c>[A-Za-z0-9_]</c> by an underscore, in label values as well.</summary>
    public static string Clean(string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
        });

    /// <summary>Writes labels as <c>a="1",b="2"</c>.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, string>> labels)
    {
        if (labels.IsEmpty) return "";
        var text = new StringBuilder();
        foreach (var (key, value) in labels)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(Clean(key)).Append("=\"").Append(Clean(value)).Append('"');
        }
        return text.ToString();
    }

    /// <summary>Parses the output of <see cref="Labels"/>; cleaned values contain no quotes or commas.</summary>
    public static KeyValuePair<string, object?>[] Tags(string labels) =>
        labels.Length == 0
            ? []
            : [.. labels.Split(',').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (object?)pair[1].Trim('"')))];
}
