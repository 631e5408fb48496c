using System.Globalization;
using System.Text;

namespace Nakama.Server.Metrics;

/// <summary>Writes all metrics in the text exposition format 0.0.4 of Prometheus.</summary>
public sealed class PrometheusText(MetricRegistry registry, MetricsOptions options, string nodeName)
{
    private static readonly double[] Quantiles = [0.5, 0.75, 0.95, 0.99, 0.999];

    private readonly string _common =
        $"node_name=\"{MetricText.Clean(nodeName)}\"" +
        (options.Namespace.Length == 0 ? "" : $",namespace=\"{MetricText.Clean(options.Namespace)}\"");

    public string Write()
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var family in registry.Families.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (family.Series.IsEmpty) continue;
            var kind = family.Kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "summary" };
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(family.Name).Append(' ').Append(kind).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(kind).Append('\n');
            foreach (var (labels, series) in family.Series.OrderBy(s => s.Key, StringComparer.Ordinal))
                Append(text, family.Name, labels, series);
        }
        return text.ToString();
    }

    private void Append(StringBuilder text, string name, string labels, object series)
    {
        switch (series)
        {
            case Counter counter:
                AppendLine(text, name, labels, null, counter.Value);
                break;
            case Summary summary:
                foreach (var share in Quantiles)
                    AppendLine(text, name, labels, share, summary.Quantile(share)?.TotalSeconds ?? double.NaN);
                AppendLine(text, name + "_sum", labels, null, summary.Sum.TotalSeconds);
                AppendLine(text, name + "_count", labels, null, summary.Count);
                break;
            case Func<double> read:
                AppendLine(text, name, labels, null, read());
                break;
        }
    }

    private void AppendLine(StringBuilder text, string name, string labels, double? quantile, double value)
    {
        text.Append(name).Append('{').Append(_common);
        if (labels.Length > 0) text.Append(',').Append(labels);
        if (quantile is { } share) text.Append(CultureInfo.InvariantCulture, $",quantile=\"{share}\"");
        text.Append("} ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}
