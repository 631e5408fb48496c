using System.Threading.Channels;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Leaderboards.Ranks;
using Nakama.Server.Lifecycle;
using Kind = Nakama.Server.Cluster.Messages.RankChange.Types.Kind;

namespace Nakama.Server.Leaderboards;

/// <summary>
/// Keeps definitions and ranks consistent across nodes. Rank changes are broadcast as they occur; for a definition only its id is
/// broadcast, and other nodes read it from the database, one at a time. All are read again when a node joins or the queue is full.
/// </summary>
internal sealed class LeaderboardReplication(
    LeaderboardDefinitions definitions, LeaderboardStore store, LeaderboardRegistry registry, RankCache ranks, MessageBus bus,
    ILogger<LeaderboardReplication> logger) : NodeBackgroundService, IBusFeature
{
    private const int MaxWaiting = 1024;

    /// <summary>Stands for all definitions; no leaderboard has this id.</summary>
    private const string All = "";

    private static readonly BusMessage<RankChange> RankChanged = new(70);
    private static readonly BusMessage<LeaderboardChange> DefinitionChanged = new(71);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private volatile bool _isBehind;
    private int _pending;

    /// <summary>How many definition and rank changes of other nodes wait for a database read.</summary>
    internal int Pending => Volatile.Read(ref _pending);

    public void Map(BusMap map)
    {
        definitions.Changed += id => bus.Broadcast(DefinitionChanged, new LeaderboardChange { Id = id });
        ranks.RecordSet += (id, expiry, owner, score, subscore, number) =>
        {
            if (bus.IsAlone) return;
            bus.Broadcast(RankChanged, new RankChange
            {
                Kind = Kind.Set,
                LeaderboardId = id,
                Expiry = expiry,
                OwnerId = IdBytes.Of(owner),
                Score = score,
                Subscore = subscore,
                Change = number,
            });
        };
        ranks.RecordRemoved += (id, expiry, owner, number) => bus.Broadcast(
            RankChanged, new RankChange { Kind = Kind.Remove, LeaderboardId = id, Expiry = expiry, OwnerId = IdBytes.Of(owner), Change = number });
        map.On(RankChanged, (_, change) => Apply(change));
        map.On(DefinitionChanged, (_, change) => Enqueue(change.Id));
        map.OnJoined(_ => Enqueue(All));
        map.OnReset(_ => Enqueue(All));
    }

    protected override async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        await foreach (var (id, change) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (id == All || _isBehind) await ReadAllAsync(stoppingToken);
                else await ReadAsync(id, stoppingToken);
                if (change is not null) Apply(change, isWaited: true);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LeaderboardLog.ReplicationFailed(logger, e, id);
            }
            finally
            {
                Interlocked.Decrement(ref _pending);
            }
        }
    }

    private void Enqueue(string id, RankChange? change = null)
    {
        Interlocked.Increment(ref _pending);
        if (_waiting.Writer.TryWrite(new Waiting(id, change))) return;
        Interlocked.Decrement(ref _pending);
        _isBehind = true;
    }

    private void Apply(RankChange change, bool isWaited = false)
    {
        var owner = IdBytes.Read(change.OwnerId);
        switch (change.Kind)
        {
            case Kind.Set when registry.Find(change.LeaderboardId) is { } board:
                ranks.Note(board, change.Expiry, owner, change.Score, change.Subscore, change.Change);
                break;
            case Kind.Remove when registry.Find(change.LeaderboardId) is { } board:
                ranks.NoteRemoval(board, change.Expiry, owner, change.Change);
                break;
            // The definition has not arrived yet.
            case Kind.Set or Kind.Remove when !isWaited:
                Enqueue(change.LeaderboardId, change);
                break;
        }
    }

    private async ValueTask ReadAllAsync(CancellationToken cancellationToken)
    {
        _isBehind = false;
        var boards = await store.LoadAsync(cancellationToken);
        var ids = boards.Select(static board => board.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var board in boards) await PutAsync(board, cancellationToken);
        // A leaderboard created during the read is missing from the result.
        foreach (var board in registry.All)
        {
            if (!ids.Contains(board.Id)) await ReadAsync(board.Id, cancellationToken);
        }
    }

    private async ValueTask ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is { } board)
        {
            await PutAsync(board, cancellationToken);
            return;
        }

        registry.Remove(id);
        ranks.Drop(id);
    }

    private async ValueTask PutAsync(Leaderboard board, CancellationToken cancellationToken)
    {
        if (await definitions.FindAsync(board.Id, cancellationToken) is not { } present || present.AreRanksEnabled == board.AreRanksEnabled) return;
        registry.Replace(board);
        ranks.Drop(board.Id);
    }

    /// <param name="Id">A leaderboard whose definition is to be read; empty for all.</param>
    /// <param name="Change">The rank change to apply afterwards.</param>
    private readonly record struct Waiting(string Id, RankChange? Change);
}
