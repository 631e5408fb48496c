namespace Nakama.Server.Api;

/// <summary>The answer of a raw route.</summary>
public readonly record struct RawAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body);
