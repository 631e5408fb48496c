using Nakama.Server.Cluster;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>
/// The presences of one stream. Small streams are an exact array that is replaced with each change, large
/// ones a list with an index; either way readers get a snapshot without a lock, and a change does not copy a large one.
/// </summary>
internal sealed class StreamEntry(StreamId stream)
{
    // Most streams consist of one user's sockets or one small match.
    private const int SmallSize = 8;

    private readonly Lock _gate = new();
    private TrackedPresence[] _items = [];
    private int _count;
    private int _visibleCount;
    private Dictionary<SessionAddress, int>? _index;
    private volatile TrackedPresence[]? _snapshot = [];

    // The other nodes that have members, with their number; most streams have none.
    private (NodeId Node, int Count)[] _remoteCounts = [];
    private volatile NodeId[] _remoteNodes = [];

    public StreamId Stream { get; } = stream;

    /// <summary>Set when the last presence is removed: the entry is no longer in the tracker and stays empty.</summary>
    public bool IsRemoved { get; private set; }

    public int Count => Volatile.Read(ref _count);

    public int VisibleCount => Volatile.Read(ref _visibleCount);

    /// <summary>The other nodes that have members.</summary>
    public ReadOnlySpan<NodeId> RemoteNodes => _remoteNodes;

    /// <summary>All presences at one moment. Created on demand, then kept until the next change.</summary>
    public TrackedPresence[] Snapshot()
    {
        if (_snapshot is { } current) return current;
        lock (_gate)
        {
            return _snapshot ??= _items.AsSpan(0, _count).ToArray();
        }
    }

    /// <summary>
    /// Adds a presence, or replaces the session's when <paramref name="replace"/>; false when the entry is closed.
    /// </summary>
    /// <param name="presence">The new presence.</param>
    /// <param name="replace">Whether an existing presence is replaced.</param>
    /// <param name="existing">The previous presence.</param>
    public bool TryAdd(TrackedPresence presence, bool replace, out TrackedPresence? existing)
    {
        lock (_gate)
        {
            existing = null;
            if (IsRemoved) return false;
            var at = IndexOf(presence.Address);
            if (at < 0)
            {
                Append(presence);
                return true;
            }

            existing = _items[at];
            if (!replace) return true;
            if (_count <= SmallSize) _items = [.. _items.AsSpan(0, _count)];
            _items[at] = presence;
            _visibleCount += Visible(presence) - Visible(existing);
            _snapshot = _count <= SmallSize ? _items : null;
            return true;
        }
    }

    /// <summary>Removes a session's presence; null when it has none.</summary>
    public TrackedPresence? Remove(SessionAddress session)
    {
        lock (_gate)
        {
            var at = IndexOf(session);
            if (at < 0) return null;
            var removed = _items[at];
            var last = _count - 1;
            if (_count <= SmallSize)
            {
                var fewer = new TrackedPresence[last];
                _items.AsSpan(0, at).CopyTo(fewer);
                _items.AsSpan(at + 1, last - at).CopyTo(fewer.AsSpan(at));
                _items = fewer;
            }
            else
            {
                _items[at] = _items[last];
                _items[last] = null!;
                _index!.Remove(session);
                if (at != last) _index[_items[at].Address] = at;
                if (last == SmallSize)
                {
                    _index = null;
                    _items = _items[..last];
                }
            }

            _count = last;
            _visibleCount -= Visible(removed);
            if (!removed.IsLocal) CountRemote(removed.Id.Node, -1);
            _snapshot = last <= SmallSize ? _items : null;
            IsRemoved = last == 0;
            return removed;
        }
    }

    /// <summary>Removes all presences and closes the entry.</summary>
    public TrackedPresence[] RemoveAll()
    {
        lock (_gate)
        {
            var all = _items.AsSpan(0, _count).ToArray();
            _items = [];
            _index = null;
            _count = _visibleCount = 0;
            _snapshot = [];
            _remoteCounts = [];
            _remoteNodes = [];
            IsRemoved = true;
            return all;
        }
    }

    public TrackedPresence? Find(SessionAddress session)
    {
        lock (_gate)
        {
            var at = IndexOf(session);
            return at < 0 ? null : _items[at];
        }
    }

    private static int Visible(TrackedPresence presence) => presence.Meta.Hidden ? 0 : 1;

    private int IndexOf(SessionAddress session)
    {
        if (_index is not null) return _index.TryGetValue(session, out var at) ? at : -1;
        for (var i = 0; i < _count; i++)
        {
            if (_items[i].Address == session) return i;
        }
        return -1;
    }

    private void Append(TrackedPresence presence)
    {
        if (_count < SmallSize)
        {
            _items = [.. _items, presence];
        }
        else
        {
            if (_index is null)
            {
                _index = new Dictionary<SessionAddress, int>(SmallSize * 2);
                for (var i = 0; i < _count; i++) _index[_items[i].Address] = i;
            }
            // The small array may be in use as a snapshot, so it is not modified: growing copies it.
            if (_count == _items.Length) Array.Resize(ref _items, _count * 2);
            _items[_count] = presence;
            _index[presence.Address] = _count;
        }

        _count++;
        _visibleCount += Visible(presence);
        if (!presence.IsLocal) CountRemote(presence.Id.Node, 1);
        _snapshot = _count <= SmallSize ? _items : null;
    }

    private void CountRemote(NodeId node, int change)
    {
        var at = Array.FindIndex(_remoteCounts, counted => counted.Node == node);
        if (at < 0)
        {
            _remoteCounts = [.. _remoteCounts, (node, change)];
        }
        else
        {
            _remoteCounts[at].Count += change;
            if (_remoteCounts[at].Count > 0) return;
            _remoteCounts = Array.FindAll(_remoteCounts, counted => counted.Count > 0);
        }

        _remoteNodes = Array.ConvertAll(_remoteCounts, static counted => counted.Node);
    }
}
