using System.Text.Json;

namespace Nakama.Protocol.Feed;

/// <summary>The figures of all nodes at one second, as the console's live feed sends them.</summary>
public sealed record FeedSample(DateTimeOffset Time, IReadOnlyList<NodeSample> Nodes)
{
    internal static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The form of the live feed.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>One event of the live feed.</summary>
    /// <exception cref="JsonException">The text is not a sample.</exception>
    public static FeedSample Read(string json) => JsonSerializer.Deserialize<FeedSample>(json, Json) ?? throw new JsonException("The sample is null.");

    /// <summary>The first event of the live feed: the last samples, oldest first.</summary>
    /// <exception cref="JsonException">The text is not a list of samples.</exception>
    public static FeedSample[] ReadHistory(string json) => JsonSerializer.Deserialize<FeedSample[]>(json, Json) ?? [];
}
