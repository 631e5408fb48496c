namespace Nakama.Server.Config;

/// <summary>Settings below <c>metrics</c>.</summary>
public sealed record MetricsOptions
{
    /// <summary>Interval at which recorded values become visible to scrapes.</summary>
    public int ReportingFreqSec { get; init; } = 60;

    /// <summary>When set adds label namespace to every metric.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>0 = no exporter.</summary>
    public int PrometheusPort { get; init; }

    /// <summary>Metric name prefix; "" = none.</summary>
    public string Prefix { get; init; } = "nakama";

    /// <summary>Sub-prefix for runtime custom metrics; "" = none.</summary>
    public string CustomPrefix { get; init; } = "custom";

    /// <summary>Max distinct custom tag sets; further ones dropped; 0 = unlimited.</summary>
    public int CustomScopeLimit { get; init; } = 10000;
}
