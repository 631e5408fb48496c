using System.Collections.Concurrent;

namespace Nakama.Server.Metrics;

/// <summary>
/// What game modules count, under names that begin with <c>custom_</c>. A name keeps the kind it was first used with.
/// </summary>
public sealed class CustomMetrics(MetricRegistry registry)
{
    private const string Prefix = "custom_";

    /// <summary>Names come from modules, which may make them of anything; further ones are counted together.</summary>
    private const int MaxNames = 1024;

    private const string OverflowName = "overflow";

    private readonly ConcurrentDictionary<string, MetricKind> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double[]> _gauges = new(StringComparer.Ordinal);

    /// <summary>False when the name is not that of a counter.</summary>
    public bool TryAdd(string name, KeyValuePair<string, string>[] labels, long amount)
    {
        if (!Claims(ref name, MetricKind.Counter)) return false;
        registry.Counter(Prefix + name, labels).Add(amount);
        return true;
    }

    /// <summary>False when the name is not that of a gauge.</summary>
    public bool TrySet(string name, KeyValuePair<string, string>[] labels, double value)
    {
        if (!Claims(ref name, MetricKind.Gauge)) return false;
        var key = $"{name}{{{MetricText.Labels(labels)}}}";
        if (_gauges.TryGetValue(key, out var cell))
        {
            Volatile.Write(ref cell[0], value);
            return true;
        }

        if (_gauges.Count >= MaxNames) (key, labels) = (name + OverflowName, [new("overflow", "true")]);
        cell = _gauges.GetOrAdd(key, static _ => new double[1]);
        Volatile.Write(ref cell[0], value);
        registry.Gauge(Prefix + name, () => Volatile.Read(ref cell[0]), labels);
        return true;
    }

    /// <summary>False when the name is not that of a timer.</summary>
    public bool TryRecord(string name, KeyValuePair<string, string>[] labels, TimeSpan elapsed)
    {
        if (!Claims(ref name, MetricKind.Summary)) return false;
        registry.Summary(Prefix + name, labels).Record(elapsed);
        return true;
    }

    private bool Claims(ref string name, MetricKind kind)
    {
        name = MetricText.Clean(name);
        if (!_kinds.ContainsKey(name) && _kinds.Count >= MaxNames) name = $"{OverflowName}_{kind.ToString().ToLowerInvariant()}";
        return _kinds.GetOrAdd(name, kind) == kind;
    }
}
