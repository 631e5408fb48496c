using System.Diagnostics.Metrics;
using Nakama.Server.Metrics;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// Pool gauges, read from the driver's own instruments. The driver does not report why it closed a connection: the oldest
/// ones are assumed to be the closed ones, and one that had reached <c>database.conn_max_lifetime_ms</c> counts as closed for
/// its age, any other as closed because it was not needed. No connection is counted as closed for its idle time.
/// </summary>
public sealed class PoolMetrics : IHostedService, IDisposable
{
    private const string MeterName = "Npgsql";
    private const string ConnectionCount = "db.client.connection.count";
    private const string PendingRequests = "db.client.connection.npgsql.pending_requests";
    private const string CreateTime = "db.client.connection.npgsql.create_time";
    private const string PoolTag = "db.client.connection.pool.name";
    private const string StateTag = "db.client.connection.state";

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly MetricRegistry _registry;
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly string _pool;
    private readonly PoolHistory _history;
    private long _idle;
    private long _used;

    public PoolMetrics(MetricRegistry registry, DatabaseOptions options, NpgsqlDataSource database, TimeProvider time)
    {
        _registry = registry;
        _options = options;
        _time = time;
        _startedAt = time.GetTimestamp();
        // The driver names a pool by its connection string, without the password.
        _pool = database.ConnectionString;
        _history = new PoolHistory(TimeSpan.FromMilliseconds(options.ConnMaxLifetimeMs));
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeterName && instrument.Name is ConnectionCount or PendingRequests or CreateTime)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, count, tags, _) => Add(instrument, count, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) => Add(instrument, count, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        _registry.Gauge("db_max_open_conns", () => _options.MaxOpenConns);
        _registry.Gauge("db_total_open_conns", () => Read(static pool => pool._idle + pool._used));
        _registry.Gauge("db_in_use_conns", () => Read(static pool => pool._used));
        _registry.Gauge("db_idle_conns", () => Read(static pool => pool._idle));
        _registry.Gauge("db_total_wait_count", () => Read(static pool => pool._history.WaitCount));
        _registry.Gauge("db_total_wait_time_nanos", () => Read(static pool => pool._history.WaitTime.TotalNanoseconds));
        _registry.Gauge("db_total_max_idle_closed", () => Read(static pool => pool._history.IdleClosedCount));
        _registry.Gauge("db_total_max_idle_time_closed", static () => 0);
        _registry.Gauge("db_total_max_lifetime_closed", () => Read(static pool => pool._history.LifetimeClosedCount));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    private double Read(Func<PoolMetrics, double> figure)
    {
        lock (_lock)
        {
            _idle = _used = 0;
            _listener.RecordObservableInstruments();
            _history.Observe(_idle + _used, _time.GetElapsedTime(_startedAt));
            return figure(this);
        }
    }

    private void Add(Instrument instrument, long count, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var isIdle = false;
        var isOurs = false;
        foreach (var (key, value) in tags)
        {
            if (key == PoolTag) isOurs = value is string name && name == _pool;
            else if (key == StateTag) isIdle = value is "idle";
        }

        if (!isOurs) return;
        lock (_lock)
        {
            switch (instrument.Name)
            {
                case PendingRequests:
                    _history.Waiting((int)count, _time.GetElapsedTime(_startedAt));
                    break;
                case CreateTime:
                    _history.Opened(_time.GetElapsedTime(_startedAt));
                    break;
                default:
                    if (isIdle) _idle += count;
                    else _used += count;
                    break;
            }
        }
    }
}
