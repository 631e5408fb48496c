using System.Text;
using System.Text.Json;

namespace Nakama.Server.Search.Text;

/// <summary>The names and values of JSON as one readable text.</summary>
internal static class JsonWords
{
    private const int MaxDepth = 128;

    /// <summary>The text of JSON that may be cut off anywhere; what cannot be read ends it.</summary>
    public static string Of(string json)
    {
        var text = new StringBuilder(json.Length);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        text.Append(reader.GetString()).Append(": ");
                        break;
                    case JsonTokenType.String:
                        text.Append(reader.GetString()).Append("; ");
                        break;
                    case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                        text.Append(Encoding.UTF8.GetString(reader.ValueSpan)).Append("; ");
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Deeper than the reader goes, or half of a surrogate pair: the text before it is found.
        }

        return text.ToString().TrimEnd(';', ' ');
    }
}
