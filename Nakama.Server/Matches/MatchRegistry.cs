using System.Collections.Concurrent;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;

namespace Nakama.Server.Matches;

/// <summary>The authoritative matches of this node, and the handlers from which they are created.</summary>
public sealed class MatchRegistry : IPresenceListener, IBusFeature, IDisposable
{
    private readonly ConcurrentDictionary<Guid, AuthoritativeMatch> _matches = new();
    private readonly MatchServices _services;
    private readonly MatchIndex _index;
    private readonly MatchScheduler _scheduler;
    private volatile IMatchHandlerFactory[] _factories = [];
    private volatile TaskCompletionSource? _emptied;
    private volatile bool _isClosed;

    internal MatchRegistry(MatchServices services, MatchIndex index, ServerMetrics metrics)
    {
        (_services, _index) = (services, index);
        _scheduler = new MatchScheduler(services.Time);
        metrics.Gauge("authoritative_matches", () => _matches.Count);
    }

    /// <summary>Raised when a match has begun. Must not block.</summary>
    internal event Action<AuthoritativeMatch>? Began;

    /// <summary>Raised when a match has ended. Must not block.</summary>
    internal event Action<AuthoritativeMatch>? Ended;

    /// <summary>The number of matches.</summary>
    public int Count => _matches.Count;

    /// <summary>The running matches; those that begin or end meanwhile may or may not be included.</summary>
    internal IEnumerable<AuthoritativeMatch> All => _matches.Select(static match => match.Value);

    byte IPresenceListener.Mode => StreamMode.AuthoritativeMatch;

    bool IPresenceListener.ReplacesEvent => false;

    /// <summary>Sets the factories of handlers for new matches; running ones keep theirs. Earlier ones have precedence.</summary>
    public void Use(IReadOnlyList<IMatchHandlerFactory> factories) => _factories = [.. factories];

    /// <summary>Creates a match on this node and returns its id.</summary>
    /// <param name="handlerName">The name of its handler.</param>
    /// <param name="parameters">The values for the handler, which owns them from now on.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="MatchException">There is no such handler, it refused to begin, or the node stops.</exception>
    public ValueTask<string> CreateAsync(string handlerName, Dictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        CreateAsync(Guid.NewGuid(), handlerName, parameters, cancellationToken);

    /// <summary>The same with an id that no match has.</summary>
    internal async ValueTask<string> CreateAsync(
        Guid id, string handlerName, Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        if (_isClosed) throw MatchException.Closing;
        var match = new AuthoritativeMatch(this, _services, id, handlerName);
        var (handler, version) = await FindHandlerAsync(handlerName, match.Context, cancellationToken) ?? throw MatchException.NoHandler;
        match.CodeVersion = version;
        try
        {
            await match.BeginAsync(handler, parameters, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw MatchException.Creating(e.Message, e);
        }

        _matches[match.Stream.Subject] = match;
        _index.Add(match);
        _scheduler.Add(match);
        Began?.Invoke(match);
        if (!_isClosed) return match.MatchId;
        match.Stop(disconnectsMembers: false);
        throw MatchException.Closing;
    }

    /// <summary>The users that are in a match of this node.</summary>
    public IReadOnlySet<Guid> Members => _matches.SelectMany(static match => match.Value.Users).ToHashSet();

    /// <summary>Refuses new matches and lets the running ones end; completes when none is left.</summary>
    /// <param name="graceSeconds">How long they may go on; without a grace period they are stopped at once and not told.</param>
    /// <param name="cancellationToken">Ends the grace period.</param>
    public async Task CloseAsync(int graceSeconds, CancellationToken cancellationToken)
    {
        _isClosed = true;
        if (graceSeconds > 0 && !_matches.IsEmpty)
        {
            var emptied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _emptied = emptied;
            foreach (var (_, match) in _matches) match.Terminate(graceSeconds);
            if (_matches.IsEmpty) emptied.TrySetResult();
            try
            {
                await emptied.Task.WaitAsync(TimeSpan.FromSeconds(graceSeconds), _services.Time, cancellationToken);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                // The rest is stopped below.
            }
        }

        foreach (var (_, match) in _matches) match.Stop(disconnectsMembers: false);
        MatchLog.AllEnded(_services.Log);
    }

    public void Dispose() => _scheduler.Dispose();

    /// <summary>Null when there is no such match on this node, or it has ended.</summary>
    internal AuthoritativeMatch? Find(Guid id) => _matches.GetValueOrDefault(id);

    internal void OnLabelChanged(AuthoritativeMatch match) => _index.Change(match);

    internal void OnStopped(AuthoritativeMatch match)
    {
        _matches.TryRemove(match.Stream.Subject, out _);
        _index.Remove(match);
        Ended?.Invoke(match);
        if (_matches.IsEmpty) _emptied?.TrySetResult();
    }

    void IPresenceListener.OnPresenceEvent(
        StreamId stream, IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason)
    {
        if (stream.Label != _services.Nodes.LocalName) return;
        if (Find(stream.Subject) is { } match)
        {
            match.OnPresences(joins, leaves, reason);
            return;
        }

        // The match ended while the session was joining.
        foreach (var join in joins) _services.Presences.Untrack(join);
    }

    void IBusFeature.Map(BusMap map) => map.OnLeft(node => EndMatchesOf(_services.Nodes.NameOf(node)));

    /// <summary>Tells the sessions of this node that all members of the matches of a lost node have left.</summary>
    private void EndMatchesOf(string node)
    {
        foreach (var (stream, _) in _services.Tracker.ListStreams(StreamMode.AuthoritativeMatch))
        {
            if (stream.Label != node) continue;
            var members = _services.Tracker.Snapshot(stream);
            var left = new MatchPresenceEvent { MatchId = MatchStream.IdOf(stream) };
            foreach (var member in members) left.Leaves.Add(member.Shown);
            var payload = new Sessions.EncodedMessage(new Envelope { MatchPresenceEvent = left });
            foreach (var member in members)
            {
                if (member.IsLocal) member.Address.TrySend(payload);
            }

            _services.Tracker.ClearStream(stream);
        }
    }

    private async ValueTask<(IMatchHandler Handler, string CodeVersion)?> FindHandlerAsync(string name, MatchContext match, CancellationToken cancellationToken)
    {
        foreach (var factory in _factories)
        {
            if (await factory.CreateAsync(name, match, cancellationToken) is { } handler) return (handler, factory.CodeVersion);
        }

        return null;
    }
}
