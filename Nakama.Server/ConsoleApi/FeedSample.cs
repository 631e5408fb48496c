using System.Text.Json;

namespace Nakama.Server.ConsoleApi;

/// <summary>All nodes at one second.</summary>
public sealed record FeedSample(DateTimeOffset Time, IReadOnlyList<NodeSample> Nodes)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The form of the live feed.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
