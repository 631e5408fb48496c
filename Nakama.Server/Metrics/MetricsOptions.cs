namespace Nakama.Server.Metrics;

/// <summary>Settings below <c>metrics</c>.</summary>
public sealed record MetricsOptions
{
    /// <summary>How long it takes until a recorded value shows, in seconds.</summary>
    public int ReportingFreqSec { get; init; } = 60;

    /// <summary>When set, every metric carries it as the label <c>namespace</c>.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The port of <c>/metrics</c>; 0 opens none.</summary>
    public int PrometheusPort { get; init; }

    /// <summary>The address <c>/metrics</c> listens on; empty is every one of the machine, <c>localhost</c> both loopback addresses.</summary>
    public string PrometheusAddress { get; init; } = "";

    /// <summary>What the name of every metric begins with; may be empty.</summary>
    public string Prefix { get; init; } = "nakama";

    /// <summary>What the names of metrics made by modules begin with, after the prefix; may be empty.</summary>
    public string CustomPrefix { get; init; } = "custom";

    /// <summary>How many sets of tags modules may make before further ones are dropped; 0 is any number.</summary>
    public int CustomScopeLimit { get; init; } = 10000;
}
