namespace Nakama.Server.Metrics;

/// <summary>The older series of one registered function.</summary>
internal sealed class RpcMetrics
{
    private readonly MetricRegistry _registry;
    private readonly KeyValuePair<string, string> _label;
    private readonly Counter _count;
    private readonly Counter _received;
    private readonly Counter _sent;
    private readonly Summary _latency;

    public RpcMetrics(MetricRegistry registry, string id)
    {
        _registry = registry;
        _label = KeyValuePair.Create("rpc_id", id);
        _count = registry.Counter("Rpc_count", _label);
        _received = registry.Counter("Rpc_recv_bytes", _label);
        _sent = registry.Counter("Rpc_sent_bytes", _label);
        _latency = registry.Summary("Rpc_latency_ms", _label);
    }

    public void Done(bool failed, long received, long sent, TimeSpan elapsed)
    {
        _count.Increment();
        _received.Add(received);
        _sent.Add(sent);
        _latency.Record(elapsed);
        if (failed) _registry.Counter("Rpc_errors", _label).Increment();
    }
}
