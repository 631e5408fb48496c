using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nakama.GameLogic;

/// <summary>The answer to an HTTP request.</summary>
public sealed record GameHttpResponse
{
    /// <summary>An answer without a body.</summary>
    public static readonly GameHttpResponse NoContent = new() { Status = 204 };

    /// <summary>The status, from 200 to 599.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>An answer with a text.</summary>
    public static GameHttpResponse Text(string text, int status = 200) => new()
    {
        Status = status,
        Headers = [KeyValuePair.Create("Content-Type", "text/plain; charset=utf-8")],
        Body = Encoding.UTF8.GetBytes(text),
    };

    /// <summary>An answer with JSON.</summary>
    public static GameHttpResponse Json<T>(T value, JsonTypeInfo<T> type, int status = 200) => new()
    {
        Status = status,
        Headers = [KeyValuePair.Create("Content-Type", "application/json")],
        Body = JsonSerializer.SerializeToUtf8Bytes(value, type),
    };
}
