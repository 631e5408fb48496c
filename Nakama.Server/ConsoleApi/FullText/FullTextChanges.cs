using Nakama.Server.Accounts;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.ConsoleApi.FullText;

/// <summary>
/// Collects the rows that are written or deleted through this node, for its own full-text index and for those of other nodes that
/// have said that they follow. As long as nobody follows nothing is collected. Of too many rows only that is passed on.
/// </summary>
internal sealed class FullTextChanges : IBusFeature, IAccountPart
{
    private const int RowsAtOnce = 256;

    private static readonly TimeSpan AnnouncedEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FollowerTimeout = TimeSpan.FromSeconds(30);

    private static readonly BusMessage<SearchFollower> Followed = new(97);
    private static readonly BusMessage<SearchChanges> Changed = new(98);

    private readonly StorageIndexes _storage;
    private readonly MessageBus _bus;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<NodeId, long> _followers = [];
    private ChangedRows _own = new();
    private ChangedRows _heard = new();
    private long? _announcedAt;
    private bool _isFollowedHere;
    private bool _isListening;

    public FullTextChanges(StorageIndexes storage, MessageBus bus, TimeProvider time) => (_storage, _bus, _time) = (storage, bus, time);

    /// <summary>This node's index follows; the other nodes are told from time to time.</summary>
    public void Follow()
    {
        lock (_lock)
        {
            _isFollowedHere = true;
            Listen();
            if (_bus.IsAlone || (_announcedAt is { } at && _time.GetElapsedTime(at) < AnnouncedEvery)) return;
            _announcedAt = _time.GetTimestamp();
        }

        _bus.Broadcast(Followed, new SearchFollower());
    }

    /// <summary>This node's index does not follow any more.</summary>
    public void Rest()
    {
        lock (_lock)
        {
            _isFollowedHere = false;
            _heard = new();
            foreach (var (node, at) in _followers)
            {
                if (_time.GetElapsedTime(at) > FollowerTimeout) _followers.Remove(node);
            }

            Listen();
        }
    }

    /// <summary>A row of this node's index that has to be read again.</summary>
    public void Reread(string kind, string id)
    {
        lock (_lock) _heard.Add(kind, id);
    }

    /// <summary>Rows of which this node's index should have been told were not taken in.</summary>
    public void Lost()
    {
        lock (_lock) _heard.IsIncomplete = true;
    }

    /// <summary>The rows since the last call; those of this node are passed on to the nodes that follow.</summary>
    public ChangedRows Take()
    {
        ChangedRows own;
        ChangedRows heard;
        NodeId[] followers;
        lock (_lock)
        {
            (own, heard) = (_own, _heard);
            (_own, _heard) = (new(), new());
            followers = [.. _followers.Where(follower => _time.GetElapsedTime(follower.Value) <= FollowerTimeout).Select(static follower => follower.Key)];
        }

        if (followers.Length > 0 && !own.IsEmpty) Send(followers, own);
        heard.Add(own);
        return heard;
    }

    void IBusFeature.Map(BusMap map)
    {
        map.On(Followed, (node, _) =>
        {
            lock (_lock)
            {
                _followers[node] = _time.GetTimestamp();
                Listen();
            }
        });
        map.On(Changed, (_, changes) =>
        {
            lock (_lock)
            {
                if (!_isFollowedHere) return;
                _heard.IsIncomplete |= changes.IsIncomplete;
                foreach (var row in changes.Rows) _heard.Add(row.Kind, row.Id);
            }
        });
        map.OnReset(_ => Lost());
        map.OnLeft(node =>
        {
            lock (_lock)
            {
                _followers.Remove(node);
                Listen();
            }
        });
    }

    ValueTask<Action?> IAccountPart.EraseAsync(NpgsqlConnection connection, Guid userId, bool isForgotten, CancellationToken cancellationToken) =>
        new(() =>
        {
            lock (_lock)
            {
                if (_isListening) _own.Add(AccountTextSource.KindName, userId.ToString());
            }
        });

    private void Send(NodeId[] followers, ChangedRows own)
    {
        foreach (var rows in own.Rows.Chunk(RowsAtOnce))
        {
            _bus.Tell(followers, Changed, new SearchChanges
            {
                Rows = { rows.Select(static row => new SearchChanges.Types.Row { Kind = row.Kind, Id = row.Id }) },
            });
        }

        if (own.IsIncomplete) _bus.Tell(followers, Changed, new SearchChanges { IsIncomplete = true });
    }

    private void Listen()
    {
        var isNeeded = _isFollowedHere || _followers.Count > 0;
        if (isNeeded == _isListening) return;
        _isListening = isNeeded;
        if (isNeeded) _storage.Stored += OnStored;
        else _storage.Stored -= OnStored;
        _own = new();
    }

    private void OnStored(IEnumerable<StorageId> ids)
    {
        lock (_lock)
        {
            var isAny = false;
            foreach (var id in ids)
            {
                isAny = true;
                _own.Add(StorageTextSource.KindName, StorageTextSource.IdOf(id));
            }

            if (!isAny) _own.IsIncomplete = true;
        }
    }
}
