namespace Nakama.Server.Api;

/// <summary>The answer of a raw route.</summary>
public readonly record struct RawAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>After how many seconds the client may come again; 0 where that is not known.</summary>
    public int RetryAfterSec { get; init; }
}
