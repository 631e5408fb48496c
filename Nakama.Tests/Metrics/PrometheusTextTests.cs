using Nakama.Server.Errors;
using Nakama.Server.Metrics;

namespace Nakama.Tests.Metrics;

public sealed class PrometheusTextTests
{
    private const string NodeName = "n-1";

    private readonly MetricsOptions _options = new();

    [Fact]
    public void A_request_counts_overall_by_method_and_by_labels()
    {
        var text = Record(metrics => metrics.RequestDone("GetAccount", StatusCode.Ok, 10, 20, TimeSpan.FromMilliseconds(2)));

        Assert.Contains("# TYPE nakama_overall_count counter\nnakama_overall_count{node_name=\"n_1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("nakama_GetAccount_count{node_name=\"n_1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("nakama_GetAccount_sent_bytes{node_name=\"n_1\"} 20\n", text, StringComparison.Ordinal);
        Assert.Contains("nakama_count{node_name=\"n_1\",transport=\"api\",rpc_id=\"GetAccount\",rpc_code=\"OK\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Latencies_are_summaries_in_seconds()
    {
        var text = Record(metrics => metrics.RequestDone("GetAccount", StatusCode.Ok, 0, 0, TimeSpan.FromSeconds(2)));

        Assert.Contains("# TYPE nakama_overall_latency_ms summary\n", text, StringComparison.Ordinal);
        Assert.Contains("nakama_overall_latency_ms_sum{node_name=\"n_1\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("quantile=\"0.999\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_counters_appear_with_the_first_error()
    {
        Assert.DoesNotContain("errors", Record(metrics => metrics.RequestDone("GetAccount", StatusCode.Ok, 0, 0, default)), StringComparison.Ordinal);

        var text = Record(metrics => metrics.RequestDone("GetAccount", StatusCode.NotFound, 0, 0, default));

        Assert.Contains("nakama_GetAccount_errors{node_name=\"n_1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("rpc_code=\"NotFound\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_function_call_counts_under_its_cleaned_name()
    {
        var text = Record(metrics => metrics.RpcDone("ws_rpc", "my-rpc/x", StatusCode.Ok, 1, 1, default));

        Assert.Contains("nakama_Rpc_count{node_name=\"n_1\",rpc_id=\"my_rpc_x\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_namespace_becomes_a_label_and_an_empty_prefix_leaves_bare_names()
    {
        var options = new MetricsOptions { Namespace = "eu", Prefix = "" };
        using var registry = new MetricRegistry(options);

        registry.Gauge("sessions", () => 3);

        Assert.Contains("sessions{node_name=\"n_1\",namespace=\"eu\"} 3\n", new PrometheusText(registry, options, NodeName).Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_without_end_are_counted_together_beyond_the_bound()
    {
        var text = Record(metrics =>
        {
            for (var i = 0; i < 5000; i++) metrics.StorageWriteRejected($"collection{i}", "version");
        });

        Assert.Contains("nakama_storage_write_reject_count{node_name=\"n_1\",overflow=\"true\"} 904\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sampler_describes_only_the_time_since_its_last_sample()
    {
        using var registry = new MetricRegistry(_options);
        var metrics = new ServerMetrics(registry);
        var time = new OneSecondPerReading();
        metrics.RequestDone("GetAccount", StatusCode.Ok, 1024, 0, TimeSpan.FromSeconds(1));
        var sampler = new TrafficSampler(metrics, time);

        metrics.RequestDone("GetAccount", StatusCode.Ok, 2048, 1024, TimeSpan.FromMilliseconds(4));
        var sample = sampler.Take();

        Assert.Equal(1, sample.RequestsPerSec);
        Assert.Equal(2, sample.ReceivedKibPerSec);
        Assert.Equal(4, sample.AverageLatencyMs, 3);
        Assert.InRange(sample.LatencyP99Ms, 3.7, 4.3);
    }

    private string Record(Action<ServerMetrics> record)
    {
        using var registry = new MetricRegistry(_options);
        record(new ServerMetrics(registry));
        return new PrometheusText(registry, _options, NodeName).Write();
    }

    private sealed class OneSecondPerReading : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => ++_now * TimestampFrequency;
    }
}
