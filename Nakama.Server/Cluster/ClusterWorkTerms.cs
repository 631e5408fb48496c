using System.Collections.Concurrent;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Cluster;

/// <summary>
/// Terms in the database. An owner asks before each round whether its term is still the current one. A short beat reveals that the
/// process was frozen: then nothing that this node owns goes on before its terms are read again.
/// </summary>
internal sealed class ClusterWorkTerms(
    WorkTermStore store, WorkOwner owner, NodeDirectory nodes, MessageBus bus, NodeLifecycle lifecycle, LoopContext context)
    : PeriodicLoop(context, Beat), IWorkTerms, IBusFeature
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Nodes that have been removed know it sooner than that.</summary>
    private static readonly TimeSpan LongestDisagreement = TimeSpan.FromSeconds(10);

    private static readonly BusMessage<WorkTaken> Taken = new(102);

    private readonly ConcurrentDictionary<string, long> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _latest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Memberships, long Since)> _replacedAt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _actedAt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _confirmedAt = new(StringComparer.Ordinal);
    private long _lastBeat = context.Time.GetTimestamp();
    private int _pauses;
    private int _memberships;

    /// <summary>Whether the beat is recent, which it is not when the process was frozen.</summary>
    private bool IsAwake => !lifecycle.IsLost && Time.GetElapsedTime(Interlocked.Read(ref _lastBeat)) < LongestPause;

    public bool MayStillAct(string work) => IsAwake && _confirmedAt.TryGetValue(work, out var pauses) && pauses == Volatile.Read(ref _pauses);

    public long TermOf(string work) => _own.GetValueOrDefault(work);

    public bool IsOutdated(string work, long term) => term < _latest.GetValueOrDefault(work);

    public async ValueTask<bool> MayActAsync(string work, CancellationToken cancellationToken)
    {
        var memberships = Volatile.Read(ref _memberships);
        var pauses = Volatile.Read(ref _pauses);
        if (!owner.IsMine(work))
        {
            _own.TryRemove(work, out _);
            return false;
        }

        if (!IsAwake) return false;
        if (_own.TryGetValue(work, out var own))
        {
            if (await store.ReadAsync(work, cancellationToken) == own) return IsUnchanged();
            _own.TryRemove(work, out _);
            if (_actedAt.GetValueOrDefault(work) == memberships)
            {
                // Another node owns the work, so it knows of a change of the membership that this one has not heard of yet.
                // Or the other node was the owner for a moment only, when this one came back, and does not act either: so not for ever.
                _replacedAt[work] = (memberships, Time.GetTimestamp());
                return false;
            }

            // The term is from an earlier membership; since then another node has owned the work and given it up.
        }

        if (_replacedAt.TryGetValue(work, out var since) && since.Memberships == memberships && Time.GetElapsedTime(since.Since) < LongestDisagreement)
            return false;
        _replacedAt.TryRemove(work, out _);
        var term = await store.TakeAsync(work, nodes.LocalName, cancellationToken);
        _own[work] = term;
        Note(work, term);
        bus.Broadcast(Taken, new WorkTaken { Work = work, Term = term });
        return IsUnchanged();

        bool IsUnchanged()
        {
            _confirmedAt[work] = pauses;
            _actedAt[work] = memberships;
            return owner.IsMine(work) && MayStillAct(work);
        }
    }

    public void Map(BusMap map)
    {
        map.On(Taken, (_, taken) => Note(taken.Work, taken.Term));
        map.OnJoined(node =>
        {
            Interlocked.Increment(ref _memberships);
            foreach (var (work, term) in _own) bus.Tell(node, Taken, new WorkTaken { Work = work, Term = term });
        });
        map.OnLeft(_ => Interlocked.Increment(ref _memberships));
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.EnsureAsync(cancellationToken);
        Interlocked.Exchange(ref _lastBeat, Time.GetTimestamp());
        await base.StartAsync(cancellationToken);
    }

    protected override ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetTimestamp();
        if (Time.GetElapsedTime(Interlocked.Exchange(ref _lastBeat, now), now) > LongestPause) Interlocked.Increment(ref _pauses);
        return ValueTask.CompletedTask;
    }

    private void Note(string work, long term) => _latest.AddOrUpdate(work, term, (_, latest) => Math.Max(latest, term));
}
