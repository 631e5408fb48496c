using System.Text.Json;
using Nakama.Protocol.Json;

namespace Nakama.Console.Shared;

/// <summary>Formats and validates JSON.</summary>
public static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JsonTextEncoder.Minimal };

    /// <summary>The text with line breaks, or unchanged when it is not valid JSON.</summary>
    public static string Pretty(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>Why the text is not a JSON object, or null when it is one.</summary>
    public static string? ObjectError(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : "This must be a JSON object.";
        }
        catch (JsonException error)
        {
            return $"This is not valid JSON: line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}.";
        }
    }
}
