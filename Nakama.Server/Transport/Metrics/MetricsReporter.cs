using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;

namespace Nakama.Server.Transport.Metrics;

/// <summary>
/// Publishes recorded values to scrapes, at the start and then every <c>metrics.reporting_freq_sec</c>. A late round
/// only means that a scrape returns older values.
/// </summary>
public sealed class MetricsReporter(MetricRegistry registry, PrometheusText text, MetricsOptions options, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromSeconds(Math.Max(1, options.ReportingFreqSec)))
{
    private static readonly TimeSpan QuantileWindow = TimeSpan.FromMinutes(5);

    private long _rotatedAt = context.Time.GetTimestamp();
    private string? _current;

    /// <summary>The text that scrapes receive. A scrape before the first round receives the current values.</summary>
    public string Current => _current ?? text.Write();

    protected override ValueTask RunAsync(CancellationToken cancellationToken)
    {
        _current = text.Write();
        if (Time.GetElapsedTime(_rotatedAt) >= QuantileWindow) Rotate();
        return ValueTask.CompletedTask;
    }

    private void Rotate()
    {
        _rotatedAt = Time.GetTimestamp();
        foreach (var family in registry.Families)
        {
            if (family.Kind != MetricKind.Summary) continue;
            foreach (var series in family.Series.Values) ((Summary)series).Rotate();
        }
    }
}
