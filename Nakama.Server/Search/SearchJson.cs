using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Nakama.Server.Search;

/// <summary>Flattens the text of a JSON object into the fields of a document.</summary>
internal static class SearchJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 10_000 };

    /// <summary>False when the text is not a valid JSON object; the document may then have gained values.</summary>
    public static bool TryAdd(SearchDocument document, string field, string json, IReadOnlySet<string>? keys)
    {
        // Most texts that are not objects are recognized by their first character.
        if (!json.AsSpan().TrimStart(" \t\r\n").StartsWith('{')) return false;
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes)), Options);
            Walk(document, field, ref reader, keys);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void Walk(SearchDocument document, string field, ref Utf8JsonReader reader, IReadOnlySet<string>? keys)
    {
        // For each open object the length of its own path, without its keys. Arrays add nothing to a path.
        Span<int> bases = stackalloc int[SearchLimits.JsonDepth];
        var path = new StringBuilder(field);
        string? text = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= SearchLimits.JsonDepth:
                    reader.Skip();
                    break;
                case JsonTokenType.StartObject:
                    bases[reader.CurrentDepth] = path.Length;
                    break;
                case JsonTokenType.EndObject:
                    path.Length = bases[reader.CurrentDepth];
                    text = null;
                    break;
                case JsonTokenType.PropertyName:
                    path.Length = bases[reader.CurrentDepth - 1];
                    text = null;
                    if (!TryString(ref reader, out var key) || (reader.CurrentDepth == 1 && keys?.Contains(key) == false) || path.Length + key.Length >= SearchLimits.PathLength)
                        reader.Skip();
                    else
                        path.Append('.').Append(key);
                    break;
                default:
                    AddValue(document, ref reader, path, ref text);
                    break;
            }
        }
    }

    private static void AddValue(SearchDocument document, ref Utf8JsonReader reader, StringBuilder path, ref string? text)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when TryString(ref reader, out var value):
                document.Text(text ??= path.ToString(), value);
                break;
            case JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number):
                document.Number(text ??= path.ToString(), number);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                document.Flag(text ??= path.ToString(), reader.TokenType == JsonTokenType.True);
                break;
        }
    }

    /// <summary>False for a string with a lone surrogate, which is not valid text.</summary>
    private static bool TryString(ref Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
