using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Nakama.Server.Metrics;

/// <summary>
/// All metrics of the process by name. Each is published twice: as text for Prometheus, and as an instrument of the meter
/// <c>Nakama</c> for OpenTelemetry.
/// </summary>
public sealed class MetricRegistry(MetricsOptions options) : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Nakama";

    /// <summary>Label values may come from clients: beyond this many, a name's further series are counted together.</summary>
    private const int MaxSeriesPerName = 4096;

    private const string OverflowLabel = "overflow=\"true\"";

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Meter _meter = new(MeterName);
    private readonly string _prefix = options.Prefix.Length == 0 ? "" : MetricText.Clean(options.Prefix) + "_";

    /// <summary>All families; those of counters and summaries are created with their first event.</summary>
    public IEnumerable<MetricFamily> Families => _families.Values;

    public Counter Counter(string name, params ReadOnlySpan<KeyValuePair<string, string>> labels) =>
        (Counter)Series(Family(name, MetricKind.Counter), labels, static _ => new Counter());

    public Summary Summary(string name, params ReadOnlySpan<KeyValuePair<string, string>> labels) =>
        (Summary)Series(Family(name, MetricKind.Summary), labels, static _ => new Summary());

    /// <summary>Adds a gauge that is read whenever metrics are collected.</summary>
    public void Gauge(string name, Func<double> read, params ReadOnlySpan<KeyValuePair<string, string>> labels) =>
        Family(name, MetricKind.Gauge).Series[MetricText.Labels(labels)] = read;

    public void Dispose() => _meter.Dispose();

    private static object Series(MetricFamily family, ReadOnlySpan<KeyValuePair<string, string>> labels, Func<string, object> make)
    {
        var text = MetricText.Labels(labels);
        if (family.Series.TryGetValue(text, out var known)) return known;
        return family.Series.GetOrAdd(family.Series.Count < MaxSeriesPerName ? text : OverflowLabel, make);
    }

    private MetricFamily Family(string name, MetricKind kind)
    {
        var full = _prefix + MetricText.Clean(name);
        if (_families.TryGetValue(full, out var known)) return known;
        var family = new MetricFamily(full, kind);
        if (!_families.TryAdd(full, family)) return _families[full];
        Offer(family);
        return family;
    }

    private void Offer(MetricFamily family)
    {
        switch (family.Kind)
        {
            case MetricKind.Counter:
                _meter.CreateObservableCounter(family.Name, () => Measure(family, series => ((Counter)series).Value));
                break;
            case MetricKind.Gauge:
                _meter.CreateObservableGauge(family.Name, () => Measure(family, series => ((Func<double>)series)()));
                break;
            case MetricKind.Summary:
                _meter.CreateObservableCounter(family.Name + "_count", () => Measure(family, series => ((Summary)series).Count));
                _meter.CreateObservableCounter(family.Name + "_sum", () => Measure(family, series => ((Summary)series).Sum.TotalSeconds), "s");
                break;
        }
    }

    private static IEnumerable<Measurement<T>> Measure<T>(MetricFamily family, Func<object, T> read)
        where T : struct =>
        family.Series.Select(series => new Measurement<T>(read(series.Value), MetricText.Tags(series.Key)));
}
