using System.Text;
using System.Text.Json;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Security;
using Nakama.Server.Wire.Json;

namespace Nakama.Server.Rpc;

/// <summary>The bodies of function calls over HTTP, which look unlike those of all other methods.</summary>
internal static class RpcAnswers
{
    private const string Json = "application/json";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JsonTextEncoder.HtmlSafe, SkipValidation = true };

    /// <summary>Refused before the function ran.</summary>
    public static RawAnswer Refusal(ApiError error) => new(ApiStatus.ToHttp(error.Status), Json, Write(error, static (json, e) =>
    {
        json.WriteString("error"u8, e.Message);
        json.WriteString("message"u8, e.Message);
        json.WriteNumber("code"u8, (int)e.Status);
    }));

    /// <summary>The user has called too often.</summary>
    public static RawAnswer TooMany =>
        Refusal(new ApiError(StatusCode.ResourceExhausted, RequestRateLimits.Text)) with { RetryAfterSec = RateLimit.RetryAfterSec };

    /// <summary>The function failed.</summary>
    public static RawAnswer Failure(ApiError error) => new(ApiStatus.ToHttp(error.Status), Json, Write(error, static (json, e) =>
    {
        json.WriteNumber("code"u8, (int)e.Status);
        json.WriteStartObject("error"u8);
        json.WriteEndObject();
        json.WriteString("message"u8, e.Message);
    }));

    public static RawAnswer Wrapped(string payload) => new(200, Json, Write(payload, static (json, p) => json.WriteString("payload"u8, p)));

    public static RawAnswer Bare(string payload, string contentType) =>
        new(200, contentType.Length == 0 ? "text/plain" : contentType, Encoding.UTF8.GetBytes(payload));

    /// <summary>Reads a body that must be one JSON text; nothing and null count as an empty one.</summary>
    public static bool TryReadText(ReadOnlySpan<byte> body, out string text)
    {
        text = "";
        if (body.IndexOfAnyExcept(" \t\r\n"u8) < 0) return true;
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) text = reader.GetString()!;
            else if (reader.TokenType != JsonTokenType.Null) return false;
            return !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static byte[] Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Writing))
        {
            json.WriteStartObject();
            write(json, state);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
