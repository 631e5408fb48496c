using Nakama.Server.Security;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// Bounds the hub connections that hold no TCP connection: those that were negotiated and not opened yet, and those
/// that poll. Without a bound they would cost a client only requests.
/// </summary>
internal sealed class HubSlots(TimeProvider time)
{
    public const int MaxPerUser = 16;
    public const int MaxPerNetwork = 256;
    public const int MaxCount = 16_384;

    /// <summary>The time after which the library discards a connection that was negotiated and not opened.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Keyed<Guid> _users = new(time, MaxPerUser);
    private readonly Keyed<NetworkKey> _networks = new(time, MaxPerNetwork);
    private readonly Keyed<bool> _all = new(time, MaxCount);

    /// <summary>
    /// Takes a slot for a connection to be negotiated; false when none is free. Without a network, which is not always
    /// known for certain, only the user's count and the total apply.
    /// </summary>
    public bool TryNegotiate(Guid userId, NetworkKey? network)
    {
        lock (_lock)
        {
            if (!_users.TryNegotiate(userId)) return false;
            if (network is not { } known || _networks.TryNegotiate(known))
            {
                if (_all.TryNegotiate(default)) return true;
                if (network is { } taken) _networks.TakeBack(taken);
            }

            _users.TakeBack(userId);
            return false;
        }
    }

    /// <summary>
    /// Records that a negotiated connection was opened; from now on it has a TCP connection of its own unless it polls.
    /// </summary>
    /// <returns>Releases the slot when the connection ends; null when the slot has been released already.</returns>
    public IDisposable? Open(Guid userId, NetworkKey? network, bool isPolling)
    {
        lock (_lock)
        {
            _users.Open(userId, isPolling);
            if (network is { } known) _networks.Open(known, isPolling);
            _all.Open(default, isPolling);
        }

        return isPolling ? new PollingSlot(this, userId, network) : null;
    }

    private void End(Guid userId, NetworkKey? network)
    {
        lock (_lock)
        {
            _users.End(userId);
            if (network is { } known) _networks.End(known);
            _all.End(default);
        }
    }

    private sealed class PollingSlot(HubSlots slots, Guid userId, NetworkKey? network) : IDisposable
    {
        private bool _isGivenBack;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true)) slots.End(userId, network);
        }
    }

    /// <summary>The slots counted by one kind of key.</summary>
    private sealed class Keyed<TKey>(TimeProvider time, int max)
        where TKey : notnull
    {
        private readonly RecentCounts<TKey> _negotiated = new(time, Lifetime, MaxCount);
        private readonly Dictionary<TKey, int> _polling = [];

        public bool TryNegotiate(TKey key) => _negotiated.TryAdd(key, max - _polling.GetValueOrDefault(key));

        public void TakeBack(TKey key) => _negotiated.TakeBack(key);

        public void Open(TKey key, bool isPolling)
        {
            _negotiated.TakeBack(key);
            if (isPolling) _polling[key] = _polling.GetValueOrDefault(key) + 1;
        }

        public void End(TKey key)
        {
            if (_polling[key] > 1) _polling[key]--;
            else _polling.Remove(key);
        }
    }
}
