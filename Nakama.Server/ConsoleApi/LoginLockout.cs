using System.Collections.Concurrent;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Counts failed console logins by name and address: five within a minute lock the name for a minute, at that address
/// only. While a name fails often from all addresses, only addresses that its operator has signed in from may try, so that
/// guessing stays slow without locking out the operator. The state is kept in the memory of each node; names that do not
/// exist are never stored, and the state is bounded.
/// </summary>
public sealed partial class LoginLockout(TimeProvider time, ILogger<LoginLockout> log)
{
    /// <summary>The number of failures of a name, within one to two minutes, after which unknown addresses are refused.</summary>
    internal const int MaxFailuresOfName = 20;

    internal const int MaxEntries = 16_384;

    private const int MaxKnown = 4096;
    private const int MaxFailures = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(string Name, string Network), Entry> _entries = new();
    private readonly ConcurrentDictionary<(string Name, string Network), bool> _known = new();
    private readonly RecentCounts<string> _failures = new(time, Window, MaxEntries);

    /// <summary>Raised for a login on this node: name, network, whether it succeeded, whether it is the root's.</summary>
    internal event Action<string, string, bool, bool>? Attempted;

    /// <summary>The number of names with failures, each counted once per address.</summary>
    internal int Count => _entries.Count;

    /// <exception cref="Errors.ApiException">The name is locked at this address.</exception>
    public void Check(string username, ClientOrigin client)
    {
        var key = (username, client.Key);
        if (_failures[username] >= MaxFailuresOfName && !_known.ContainsKey(key)) throw ConsoleErrors.TryAgainLater;
        if (!_entries.TryGetValue(key, out var entry)) return;
        lock (entry)
        {
            if (entry.LockedUntil > time.GetUtcNow()) throw ConsoleErrors.TryAgainLater;
        }
    }

    public void Failed(string username, ClientOrigin client, bool isRoot)
    {
        Attempted?.Invoke(username, client.Key, false, isRoot);
        NoteFailure(username, client.Key, isRoot);
    }

    public void Succeeded(string username, ClientOrigin client)
    {
        Attempted?.Invoke(username, client.Key, true, false);
        NoteSuccess(username, client.Key);
    }

    internal void NoteFailure(string username, string network, bool isRoot)
    {
        var now = time.GetUtcNow();
        _failures.TryAdd(username, MaxFailuresOfName);
        if (_entries.Count >= MaxEntries) MakeRoom(now);
        var entry = _entries.GetOrAdd((username, network), static _ => new Entry());
        lock (entry)
        {
            while (entry.Failures.TryPeek(out var oldest) && now - oldest >= Window) entry.Failures.Dequeue();
            entry.Failures.Enqueue(now);
            entry.LastFailure = now;
            if (entry.Failures.Count < MaxFailures) return;

            entry.Failures.Clear();
            entry.LockedUntil = now + LockTime;
            if (isRoot) AdminLocked(log, entry.LockedUntil);
            else UserLocked(log, entry.LockedUntil);
        }
    }

    internal void NoteSuccess(string username, string network)
    {
        var key = (username, network);
        _entries.TryRemove(key, out _);
        if (_known.Count >= MaxKnown) _known.Clear();
        _known[key] = true;
    }

    /// <summary>Removes expired entries; where that is not enough, all entries.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (key, entry) in _entries)
        {
            lock (entry)
            {
                if (entry.LockedUntil > now || now - entry.LastFailure < Window) continue;
            }

            _entries.TryRemove(KeyValuePair.Create(key, entry));
        }

        if (_entries.Count >= MaxEntries) _entries.Clear();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Console admin account locked until {Until}.")]
    private static partial void AdminLocked(ILogger log, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Information, Message = "Console user account locked until {Until}.")]
    private static partial void UserLocked(ILogger log, DateTimeOffset until);

    private sealed class Entry
    {
        public Queue<DateTimeOffset> Failures { get; } = new();

        public DateTimeOffset LastFailure { get; set; }

        public DateTimeOffset LockedUntil { get; set; }
    }
}
