namespace Nakama.Server.Runtime.Http;

/// <summary>What a handler of game logic answers.</summary>
public sealed record HttpHandlerResponse
{
    /// <summary>The answer of a handler that returns nothing.</summary>
    public static readonly HttpHandlerResponse Empty = new() { Status = StatusCodes.Status204NoContent };

    /// <summary>From 200 to 599.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }
}
