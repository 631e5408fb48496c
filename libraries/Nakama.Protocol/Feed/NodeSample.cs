using System.Text.Json;

namespace Nakama.Protocol.Feed;

/// <summary>One node's figures at one second. The names appear in the live feed; adding is safe, renaming is not.</summary>
public sealed record NodeSample
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public double UptimeSec { get; init; }

    /// <summary>False when the node has sent no figures for seconds; the others are then its last.</summary>
    public bool IsReachable { get; init; } = true;

    /// <summary>The other nodes of its cluster, and the connection to each.</summary>
    public IReadOnlyList<PeerSample> Peers { get; init; } = [];

    public int Sessions { get; init; }

    public int Presences { get; init; }

    /// <summary>Authoritative matches.</summary>
    public int Matches { get; init; }

    public int Parties { get; init; }

    /// <summary>In percent of one processor: two busy processors are 200.</summary>
    public double CpuPercent { get; init; }

    public long WorkingSetBytes { get; init; }

    public long GcHeapBytes { get; init; }

    /// <summary>Pause time of garbage collections, per second.</summary>
    public double GcPauseMs { get; init; }

    /// <summary>Garbage collections since the start, per generation.</summary>
    public IReadOnlyList<int> GcCollections { get; init; } = [];

    public int Threads { get; init; }

    public double RequestsPerSec { get; init; }

    public double MessagesPerSec { get; init; }

    public double ErrorsPerSec { get; init; }

    public double LatencyAvgMs { get; init; }

    public double LatencyP50Ms { get; init; }

    public double LatencyP95Ms { get; init; }

    public double LatencyP99Ms { get; init; }

    public double InputKibPerSec { get; init; }

    public double OutputKibPerSec { get; init; }

    /// <summary>The form in which a node sends its own figures to others.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, FeedSample.Json);

    /// <summary>The figures that another node has sent.</summary>
    /// <exception cref="JsonException">The text is not a sample.</exception>
    public static NodeSample Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<NodeSample>(json, FeedSample.Json) ?? throw new JsonException("The sample is null.");
}
