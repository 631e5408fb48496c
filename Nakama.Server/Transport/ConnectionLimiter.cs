using System.Net;
using Microsoft.AspNetCore.Connections;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport;

/// <summary>
/// Bounds the open connections of all TCP listeners together, so that the process never runs out of descriptors. A
/// connection must send its first byte within <c>socket.read_timeout_ms</c>. When there are as many as are allowed, the
/// oldest that has sent nothing yet is closed in favour of a new one; when all have sent something, the new one is closed. When
/// the node closes, connections that have sent nothing end at once and the others after <see cref="NodeLifecycle.CloseTimeout"/>.
/// </summary>
public sealed class ConnectionLimiter : IDisposable
{
    /// <summary>
    /// Descriptors for everything but client connections and the database pool: assemblies, of which the runtime keeps up to two each (300
    /// in a node at rest), files, logs, outgoing requests. Without any left the runtime ends the process.
    /// </summary>
    private const int ReservedDescriptors = 512;

    /// <summary>
    /// The bound on connections that were closed in favour of new ones and have not ended yet. When a burst exceeds it, further
    /// new connections are refused, legitimate ones included.
    /// </summary>
    private const int MaxClosing = 128;

    private const int MinConnections = 16;

    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _silent = new();
    private readonly HashSet<Entry> _open = [];
    private readonly Dictionary<IPAddress, int> _addresses = [];
    private readonly SessionTimerWheel _timers;
    private readonly NodeLifecycle _lifecycle;
    private readonly ClientAddresses _forwarders;
    private readonly ITimer _cut;
    private readonly ILogger<ConnectionLimiter> _logger;
    private readonly Counter _refused;
    private readonly int _maxPerAddress;
    private readonly int _firstByteTimeoutMs;
    private int _count;
    private int _closing;
    private bool _isFull;

    public ConnectionLimiter(
        SocketOptions socket, DatabaseOptions database, SessionTimerWheel timers, NodeLifecycle lifecycle, ClientAddresses addresses, MetricRegistry metrics,
        TimeProvider time, ILogger<ConnectionLimiter> logger)
    {
        _lifecycle = lifecycle;
        _forwarders = addresses;
        _cut = time.CreateTimer(static limiter => ((ConnectionLimiter)limiter!).Abort(isSilent: false), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lifecycle.Closing.Register(static limiter => ((ConnectionLimiter)limiter!).OnClosing(), this);
        _timers = timers;
        _logger = logger;
        _maxPerAddress = socket.MaxConnectionsPerAddress;
        _firstByteTimeoutMs = socket.ReadTimeoutMs;
        MaxCount = Choose(socket.MaxConnections, database.MaxOpenConns, DescriptorLimit.Current);
        _refused = metrics.Counter("connections_refused");
        metrics.Gauge("connections", () => Count);
    }

    /// <summary>How many connections may be open.</summary>
    public int MaxCount { get; }

    /// <summary>How many connections are open.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Runs a connection to its end, or closes it at once when there are too many.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var entry = new Entry(connection, _maxPerAddress > 0 ? AddressOf(connection) : null);
        if (!TryEnter(entry))
        {
            connection.Abort();
            return;
        }

        try
        {
            if (await HasFirstByteAsync(connection, entry)) await next(connection);
        }
        finally
        {
            Leave(entry);
        }
    }

    /// <summary>The configured number or the number that the descriptors allow, whichever is less.</summary>
    /// <param name="wanted">0 for as many as the descriptors allow.</param>
    /// <param name="poolSize">The largest number of connections to the database; 0 for any number.</param>
    /// <param name="descriptors">Null for any number.</param>
    internal static int Choose(int wanted, int poolSize, int? descriptors)
    {
        var allowed = descriptors is { } limit ? Math.Max(limit - ReservedDescriptors - MaxClosing - poolSize, MinConnections) : int.MaxValue;
        return wanted > 0 ? Math.Min(wanted, allowed) : allowed;
    }

    public void Dispose() => _cut.Dispose();

    private void OnClosing()
    {
        Abort(isSilent: true);
        _cut.Change(NodeLifecycle.CloseTimeout, Timeout.InfiniteTimeSpan);
    }

    private void Abort(bool isSilent)
    {
        Entry[] entries;
        lock (_lock) entries = isSilent ? [.. _silent] : [.. _open];
        if (!isSilent && entries.Length > 0) TransportLog.ConnectionsCut(_logger, entries.Length);
        foreach (var entry in entries) entry.Connection.Abort();
    }

    private bool TryEnter(Entry entry)
    {
        Entry? closed = null;
        lock (_lock)
        {
            if (!_lifecycle.AcceptsConnections) return false;
            if (entry.Address is { } address && !TryCount(address)) return Refuse();
            if (_count - _closing >= MaxCount)
            {
                Report();
                closed = _closing < MaxClosing ? _silent.First?.Value : null;
                if (closed is null)
                {
                    if (entry.Address is { } again) Uncount(again);
                    return Refuse();
                }

                _silent.RemoveFirst();
                closed.Place = null;
                closed.IsClosing = true;
                _closing++;
                _refused.Increment();
            }

            _count++;
            _open.Add(entry);
            entry.Place = _silent.AddLast(entry);
        }

        closed?.Connection.Abort();
        return true;
    }

    private bool Refuse()
    {
        _refused.Increment();
        return false;
    }

    /// <summary>Logs that the limit was reached, and again only after a quarter of the slots has become free.</summary>
    private void Report()
    {
        if (_isFull) return;
        _isFull = true;
        TransportLog.ConnectionsFull(_logger, MaxCount, _silent.Count);
    }

    private async ValueTask<bool> HasFirstByteAsync(ConnectionContext connection, Entry entry)
    {
        var input = connection.Transport.Input;
        _timers.Set(entry.Deadline, _timers.NowMs + _firstByteTimeoutMs);
        try
        {
            var read = await input.ReadAsync();
            // Nothing is consumed, so the next reader starts at the same byte.
            input.AdvanceTo(read.Buffer.Start);
            return !read.Buffer.IsEmpty && !read.IsCanceled;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            _timers.Clear(entry.Deadline);
            lock (_lock) Forget(entry);
        }
    }

    private void Leave(Entry entry)
    {
        lock (_lock)
        {
            Forget(entry);
            _open.Remove(entry);
            _count--;
            if (entry.IsClosing) _closing--;
            if (entry.Address is { } address) Uncount(address);
            if (_isFull && _count < MaxCount - (MaxCount / 4)) _isFull = false;
        }
    }

    private void Forget(Entry entry)
    {
        if (entry.Place is { } place) _silent.Remove(place);
        entry.Place = null;
    }

    private bool TryCount(IPAddress address)
    {
        var count = _addresses.GetValueOrDefault(address);
        if (count >= _maxPerAddress) return false;
        _addresses[address] = count + 1;
        return true;
    }

    private void Uncount(IPAddress address)
    {
        if (_addresses[address] > 1) _addresses[address]--;
        else _addresses.Remove(address);
    }

    /// <summary>Null for a proxy, whose connections are those of many clients.</summary>
    private IPAddress? AddressOf(ConnectionContext connection) =>
        connection.RemoteEndPoint is IPEndPoint { Address: var address } && !_forwarders.IsForwarder(address) ? ForwardedFor.Plain(address) : null;

    private sealed class Entry : ITimerWheelTarget
    {
        public Entry(ConnectionContext connection, IPAddress? address)
        {
            Connection = connection;
            Address = address;
            Deadline = new WheelTimer(this);
        }

        public ConnectionContext Connection { get; }

        /// <summary>Null when addresses are not counted.</summary>
        public IPAddress? Address { get; }

        public WheelTimer Deadline { get; }

        /// <summary>The node in the list of connections that have sent nothing; null afterwards.</summary>
        public LinkedListNode<Entry>? Place { get; set; }

        public bool IsClosing { get; set; }

        public void OnDue(long nowMs) => Connection.Abort();
    }
}
