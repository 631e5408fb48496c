namespace Nakama.Console.Nodes;

/// <summary>All nodes at one second.</summary>
public sealed record FeedSample(DateTimeOffset Time, IReadOnlyList<NodeSample> Nodes);
