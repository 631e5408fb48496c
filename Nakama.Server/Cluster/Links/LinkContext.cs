namespace Nakama.Server.Cluster.Links;

/// <summary>What all links of a node share.</summary>
internal sealed record LinkContext(
    LinkIdentity Self, LinkDialer Dialer, LinkMetrics Metrics, LinkReports Reports, TimeProvider Time, ILogger Logger);
