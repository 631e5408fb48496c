using System.Text;
using System.Text.Json;
using Nakama.Protocol.Json;

namespace Nakama.Server.Notifications;

/// <summary>Writes the content of the server's own notifications: a JSON object of strings.</summary>
public static class NotificationContent
{
    /// <summary>The longest subject that can be stored, in characters as the database counts them.</summary>
    private const int MaxSubjectLength = 255;

    public static string Of(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in members)
        {
            if (json.Length > 1) json.Append(',');
            json.Append('"').Append(name).Append("\":\"").Append(JsonEncodedText.Encode(value, JsonTextEncoder.HtmlSafe)).Append('"');
        }
        return json.Append('}').ToString();
    }

    /// <summary>A subject, truncated to the maximum length.</summary>
    public static string FitSubject(string subject)
    {
        if (subject.Length <= MaxSubjectLength) return subject;
        var (count, length) = (0, 0);
        foreach (var rune in subject.EnumerateRunes())
        {
            if (count++ == MaxSubjectLength) return subject[..length];
            length += rune.Utf16SequenceLength;
        }
        return subject;
    }
}
