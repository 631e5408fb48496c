namespace Nakama.Server.Metrics;

/// <summary>
/// Makes recorded values visible to scrapes, at the start and then every <c>metrics.reporting_freq_sec</c>. A late round
/// only makes a scrape see older values.
/// </summary>
public sealed class MetricsReporter(MetricRegistry registry, PrometheusText text, MetricsOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan QuantileWindow = TimeSpan.FromMinutes(5);

    private long _rotatedAt = time.GetTimestamp();
    private string? _current;

    /// <summary>The text that scrapes get. A scrape before the first round sees the values of that moment.</summary>
    public string Current => _current ?? text.Write();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Math.Max(1, options.ReportingFreqSec)), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            _current = text.Write();
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
