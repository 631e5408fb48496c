using System.Diagnostics.Metrics;
using Nakama.Server.Metrics;

namespace Nakama.Server.Database;

/// <summary>The pool's connections as gauges, read from the driver's own instruments.</summary>
public sealed class PoolMetrics : IHostedService, IDisposable
{
    private const string ConnectionCount = "db.client.connection.count";
    private const string StateTag = "db.client.connection.state";

    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly MetricRegistry _registry;
    private readonly DatabaseOptions _options;
    private long _idle;
    private long _used;

    public PoolMetrics(MetricRegistry registry, DatabaseOptions options)
    {
        _registry = registry;
        _options = options;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Npgsql" && instrument.Name == ConnectionCount) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, count, tags, _) => Add(count, tags));
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => Add(count, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        _registry.Gauge("db_max_open_conns", () => _options.MaxOpenConns);
        _registry.Gauge("db_total_open_conns", () => Read().Idle + Read().Used);
        _registry.Gauge("db_in_use_conns", () => Read().Used);
        _registry.Gauge("db_idle_conns", () => Read().Idle);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    private (long Idle, long Used) Read()
    {
        lock (_gate)
        {
            _idle = _used = 0;
            _listener.RecordObservableInstruments();
            return (_idle, _used);
        }
    }

    private void Add(long count, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key != StateTag) continue;
            if (value is "idle") _idle += count;
            else _used += count;
        }
    }
}
