using System.Collections.Concurrent;

namespace Nakama.Server.Metrics;

/// <summary>
/// The metrics of game modules, under names that begin with <c>metrics.custom_prefix</c>. A name keeps the kind it was first
/// used with. Sets of tags beyond <c>metrics.custom_scope_limit</c> are not counted.
/// </summary>
public sealed class CustomMetrics(MetricRegistry registry, MetricsOptions options)
{
    /// <summary>Names are chosen by modules and may be generated; further names are counted together.</summary>
    private const int MaxNames = 1024;

    private const string OverflowName = "overflow";

    private readonly string _prefix = options.CustomPrefix.Length == 0 ? "" : MetricText.Clean(options.CustomPrefix) + "_";
    private readonly int _maxTagSets = options.CustomScopeLimit > 0 ? options.CustomScopeLimit : int.MaxValue;
    private readonly ConcurrentDictionary<string, MetricKind> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _tagSets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double[]> _gauges = new(StringComparer.Ordinal);
    private int _tagSetCount;

    /// <summary>
    /// False when the name belongs to a metric of another kind. A negative amount is dropped and counted as an error.
    /// </summary>
    public bool TryAdd(string name, KeyValuePair<string, string>[] labels, long amount)
    {
        if (!Claims(ref name, MetricKind.Counter)) return false;
        if (amount < 0)
        {
            registry.Counter("metrics_collection_errors_count", new("name", _prefix + name), new("err", "negative_increment")).Increment();
            return true;
        }

        if (IsCounted(labels)) registry.Counter(_prefix + name, labels).Add(amount);
        return true;
    }

    /// <summary>False when the name belongs to a metric of another kind.</summary>
    public bool TrySet(string name, KeyValuePair<string, string>[] labels, double value)
    {
        if (!Claims(ref name, MetricKind.Gauge)) return false;
        if (!IsCounted(labels)) return true;
        var key = $"{name}{{{MetricText.Labels(labels)}}}";
        if (_gauges.TryGetValue(key, out var cell))
        {
            Volatile.Write(ref cell[0], value);
            return true;
        }

        if (_gauges.Count >= MaxNames) (key, labels) = (name + OverflowName, [new("overflow", "true")]);
        cell = _gauges.GetOrAdd(key, static _ => new double[1]);
        Volatile.Write(ref cell[0], value);
        registry.Gauge(_prefix + name, () => Volatile.Read(ref cell[0]), labels);
        return true;
    }

    /// <summary>False when the name belongs to a metric of another kind.</summary>
    public bool TryRecord(string name, KeyValuePair<string, string>[] labels, TimeSpan elapsed)
    {
        if (!Claims(ref name, MetricKind.Summary)) return false;
        if (IsCounted(labels)) registry.Summary(_prefix + name, labels).Record(elapsed);
        return true;
    }

    private bool Claims(ref string name, MetricKind kind)
    {
        name = MetricText.Clean(name);
        if (!_kinds.ContainsKey(name) && _kinds.Count >= MaxNames) name = $"{OverflowName}_{kind.ToString().ToLowerInvariant()}";
        return _kinds.GetOrAdd(name, kind) == kind;
    }

    private bool IsCounted(KeyValuePair<string, string>[] labels)
    {
        if (labels.Length == 0) return true;
        var text = MetricText.Labels(labels);
        if (_tagSets.ContainsKey(text)) return true;
        if (Interlocked.Increment(ref _tagSetCount) <= _maxTagSets && _tagSets.TryAdd(text, true)) return true;
        Interlocked.Decrement(ref _tagSetCount);
        return _tagSets.ContainsKey(text);
    }
}
