using System.Globalization;
using System.Text.Json;
using Nakama.Protocol.Json;
using Nakama.Server.Database;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Reads the JSON of stores; a value of an unexpected type counts as absent.</summary>
internal static class StoreJson
{
    /// <summary>The options for serializing a modified document.</summary>
    public static readonly JsonSerializerOptions Writing = new() { Encoder = JsonTextEncoder.HtmlSafe };

    /// <summary>Null when it is not a JSON object.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static JsonElement? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        // The framework reports lone surrogates with an ArgumentException.
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A string, empty when absent.</summary>
    public static string Text(this JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return "";
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The string contains lone surrogates, which no store sends.
            return "";
        }
    }

    /// <summary>An integer, also one written as a string; null when absent.</summary>
    public static long? Number(this JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String when long.TryParse(json.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
    }

    /// <summary>A time in milliseconds since 1970; null when absent, or 0.</summary>
    public static DateTime? Milliseconds(this JsonElement json, string name) =>
        json.Number(name) is > 0 and var milliseconds ? Time(milliseconds) : null;

    /// <summary>An object; null when absent.</summary>
    public static JsonElement? Object(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>The objects of an array; empty when there is no array.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>Clamped to the latest time that the database and the messages can represent.</summary>
    private static DateTime Time(long milliseconds) =>
        milliseconds < (DatabaseTime.Latest - DateTime.UnixEpoch).TotalMilliseconds ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : DatabaseTime.Latest;
}
