using System.Collections.Concurrent;

namespace Nakama.Server.Cluster.Links;

/// <summary>Logs what other nodes, or others that pretend to be, do wrong: once for each of them in a minute.</summary>
internal sealed class LinkReports(TimeProvider time)
{
    private const int MaxPeers = 1024;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _reportedAt = new(StringComparer.Ordinal);

    /// <param name="peer">The name of the node, or the address of something that has none.</param>
    /// <param name="log">Writes the line.</param>
    public void Report(string peer, Action log)
    {
        var now = time.GetTimestamp();
        if (_reportedAt.TryGetValue(peer, out var last) && time.GetElapsedTime(last, now) < Period) return;
        // Any number of addresses may connect; then all share the entry that is left.
        if (_reportedAt.Count >= MaxPeers) Forget(now);
        if (_reportedAt.Count >= MaxPeers) return;
        _reportedAt[peer] = now;
        log();
    }

    private void Forget(long now)
    {
        foreach (var (peer, at) in _reportedAt)
        {
            if (time.GetElapsedTime(at, now) >= Period) _reportedAt.TryRemove(peer, out _);
        }
    }
}
