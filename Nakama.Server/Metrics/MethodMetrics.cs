using Nakama.Server.Errors;

namespace Nakama.Server.Metrics;

/// <summary>The series of one method of the API, under both of their names.</summary>
internal sealed class MethodMetrics
{
    private readonly MetricRegistry _registry;
    private readonly string _method;
    private readonly Counter _count;
    private readonly Counter _received;
    private readonly Counter _sent;
    private readonly Summary _latency;
    private readonly LabelledMetrics?[] _byCode = new LabelledMetrics?[17];

    public MethodMetrics(MetricRegistry registry, string method)
    {
        _registry = registry;
        _method = method;
        _count = registry.Counter(method + "_count");
        _received = registry.Counter(method + "_recv_bytes");
        _sent = registry.Counter(method + "_sent_bytes");
        _latency = registry.Summary(method + "_latency_ms");
    }

    public void Done(StatusCode code, long received, long sent, TimeSpan elapsed)
    {
        _count.Increment();
        _received.Add(received);
        _sent.Add(sent);
        _latency.Record(elapsed);
        if (code != StatusCode.Ok) _registry.Counter(_method + "_errors").Increment();

        var known = (int)code is >= 0 and <= 16 ? code : StatusCode.Unknown;
        (_byCode[(int)known] ??= new LabelledMetrics(_registry, "api", _method, known)).Done(received, sent, elapsed);
    }
}

/// <summary>The newer form of the same events: one name with the labels transport, method and code.</summary>
internal sealed class LabelledMetrics
{
    private readonly Counter _count;
    private readonly Counter _received;
    private readonly Counter _sent;
    private readonly Summary _latency;

    public LabelledMetrics(MetricRegistry registry, string transport, string rpcId, StatusCode code)
    {
        KeyValuePair<string, string>[] labels =
        [
            new("transport", transport), new("rpc_id", rpcId), new("rpc_code", code == StatusCode.Ok ? "OK" : code.ToString()),
        ];
        _count = registry.Counter("count", labels);
        _received = registry.Counter("recv_bytes", labels);
        _sent = registry.Counter("sent_bytes", labels);
        _latency = registry.Summary("latency", labels);
    }

    public void Done(long received, long sent, TimeSpan elapsed)
    {
        _count.Increment();
        _received.Add(received);
        _sent.Add(sent);
        _latency.Record(elapsed);
    }
}
