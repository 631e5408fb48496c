using System.Buffers.Text;
using System.Text.Json;

namespace Nakama.Server.ConsoleApi;

/// <summary>The cursors of lists that only operators see: the kind of the list and the values at the edge of the page, as text.</summary>
internal static class ConsoleCursor
{
    private const int MaxLength = 4096;

    public static string Write(string kind, params string[] values) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([kind, .. values]));

    /// <summary>The values of a cursor; null when the text is not a cursor of this kind of list.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">The kind of the list.</param>
    /// <param name="count">The number of values.</param>
    public static string[]? Read(string text, string kind, int count)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return null;
        try
        {
            var values = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text));
            return values is not null && values.Length == count + 1 && values[0] == kind && !values.Contains(null) ? values[1..] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
