using System.Collections.Concurrent;

namespace Nakama.Server.Metrics;

/// <summary>The kinds of metrics.</summary>
public enum MetricKind
{
    Counter,
    Gauge,
    Summary,
}

/// <summary>All series of one name, distinguished by their labels.</summary>
public sealed class MetricFamily(string name, MetricKind kind)
{
    /// <summary>The name with its prefix, in the characters that the exposition format allows.</summary>
    public string Name { get; } = name;

    public MetricKind Kind { get; } = kind;

    /// <summary>
    /// The series by their label text (<c>rpc_id="echo"</c>, empty without labels): a <see cref="Counter"/>, a
    /// <see cref="Summary"/>, or a function that reads a gauge.
    /// </summary>
    public ConcurrentDictionary<string, object> Series { get; } = new(StringComparer.Ordinal);
}
