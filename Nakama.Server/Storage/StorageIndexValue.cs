using System.Text;
using System.Text.Json;
using Nakama.Protocol.Json;

namespace Nakama.Server.Storage;

/// <summary>The part of an object's value that an index covers.</summary>
internal static class StorageIndexValue
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 10_000 };
    private static readonly JsonWriterOptions Plain = new() { Encoder = JsonTextEncoder.HtmlSafe, MaxDepth = 10_000 };

    /// <summary>The object with only these members, sorted by name; null when it has none of them.</summary>
    public static string? Pick(string value, IReadOnlySet<string> fields)
    {
        using var json = JsonDocument.Parse(value, Deep);
        if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
        var picked = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in json.RootElement.EnumerateObject())
        {
            if (fields.Contains(member.Name)) picked[member.Name] = member.Value;
        }

        if (picked.Count == 0) return null;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartObject();
            foreach (var (name, element) in picked)
            {
                writer.WritePropertyName(name);
                element.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
