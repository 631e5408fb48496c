namespace Nakama.Server.ConsoleApi;

/// <summary>One node's figures at one second. Names become those of the live feed; adding to them is safe, renaming is not.</summary>
public sealed record NodeSample
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required double UptimeSec { get; init; }

    public required int Sessions { get; init; }

    public required int Presences { get; init; }

    /// <summary>Authoritative matches.</summary>
    public required int Matches { get; init; }

    public required int Parties { get; init; }

    /// <summary>Of one processor: two busy ones are 200.</summary>
    public required double CpuPercent { get; init; }

    public required long WorkingSetBytes { get; init; }

    public required long GcHeapBytes { get; init; }

    /// <summary>How long garbage collections stopped the process, per second.</summary>
    public required double GcPauseMs { get; init; }

    /// <summary>Garbage collections since the start, per generation.</summary>
    public required int[] GcCollections { get; init; }

    public required int Threads { get; init; }

    public required double RequestsPerSec { get; init; }

    public required double MessagesPerSec { get; init; }

    public required double ErrorsPerSec { get; init; }

    public required double LatencyAvgMs { get; init; }

    public required double LatencyP50Ms { get; init; }

    public required double LatencyP95Ms { get; init; }

    public required double LatencyP99Ms { get; init; }

    public required double InputKibPerSec { get; init; }

    public required double OutputKibPerSec { get; init; }
}
