namespace Nakama.Server.Metrics;

/// <summary>
/// Makes recorded values visible to scrapes, every <c>metrics.reporting_freq_sec</c>. A late round only makes a scrape see
/// older values.
/// </summary>
public sealed class MetricsReporter(MetricRegistry registry, PrometheusText text, MetricsOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan QuantileWindow = TimeSpan.FromMinutes(5);

    private long _rotatedAt = time.GetTimestamp();

    /// <summary>The text that scrapes get; empty before the first round.</summary>
    public string Current { get; private set; } = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Math.Max(1, options.ReportingFreqSec)), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Current = text.Write();
            if (time.GetElapsedTime(_rotatedAt) < QuantileWindow) continue;
            _rotatedAt = time.GetTimestamp();
            foreach (var family in registry.Families)
            {
                if (family.Kind != MetricKind.Summary) continue;
                foreach (var series in family.Series.Values) ((Summary)series).Rotate();
            }
        }
    }
}
