using System.Diagnostics.CodeAnalysis;
using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;

namespace Nakama.Server.Matches;

/// <summary>
/// A match that is run by game logic: one inbox, whose calls run one after the other on the thread pool or where the handler says.
/// Nothing runs and no thread is held while the inbox is empty or a handler waits.
/// </summary>
/// <remarks>
/// The lock guards the inbox, the members and the end. Only the match's own calls change members, so that these may read them
/// without it.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and a handler may use its token after the end of the match.")]
internal sealed partial class AuthoritativeMatch : IListedMatch, IMatchTurn
{
    /// <summary>How long a client or game logic waits for an answer.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    // A match whose last loop took longer does not run on the scheduler's thread, where it would delay others.
    private static readonly TimeSpan ShortLoop = TimeSpan.FromMicroseconds(100);

    private readonly Lock _gate = new();
    private readonly MatchServices _services;
    private readonly MatchRegistry _registry;
    private readonly MatchInbox _inbox;
    private readonly Dictionary<Guid, MatchMember> _members = [];
    private readonly CancellationTokenSource _stopping = new();
    private IMatchHandler? _handler;
    private MatchCall _running;
    private List<MemberLeave>? _lastLeaves;
    private WaitingSnapshot? _snapshot;
    private volatile string _label = "";
    private volatile bool _isStopped;
    private bool _isScheduled;
    private bool _isReleased;
    private int _size;
    private long _tick;
    private long _emptyCount;
    private long _loopDueAt;
    private volatile bool _isSlow;

    public AuthoritativeMatch(MatchRegistry registry, MatchServices services, Guid id, string handlerName)
    {
        (_registry, _services, HandlerName) = (registry, services, handlerName);
        Stream = MatchStream.Authoritative(id, services.Nodes.LocalName);
        MatchId = MatchStream.IdOf(Stream);
        CreatedAtMs = services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _inbox = new MatchInbox(services.Options);
        Context = new MatchContext(this);
    }

    public StreamId Stream { get; }

    public string MatchId { get; }

    public string Node => Stream.Label;

    public MatchContext Context { get; }

    public string HandlerName { get; }

    public string Label => _label;

    public int TickRate { get; private set; }

    public int Size => Volatile.Read(ref _size);

    public long CreatedAtMs { get; }

    public MatchStatistics Statistics { get; } = new();

    /// <summary>The version of the code that the match runs on; empty when it has none.</summary>
    public string CodeVersion { get; set; } = "";

    public bool IsStopped => _isStopped;

    /// <summary>The number of the next loop.</summary>
    public long Tick => Volatile.Read(ref _tick);

    /// <summary>Runs the handler's start. The match is not registered yet.</summary>
    /// <exception cref="MatchException">The handler refused, or its result is invalid.</exception>
    public async ValueTask BeginAsync(IMatchHandler handler, Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        _handler = handler;
        try
        {
            var start = await handler.InitAsync(parameters, cancellationToken);
            if (start.TickRate is < 1 or > 60) throw MatchException.InvalidTickRate;
            CheckLabel(start.Label);
            (TickRate, _label) = (start.TickRate, start.Label);
            MatchLog.Began(_services.Log, MatchId, HandlerName, TickRate);
        }
        catch
        {
            _isStopped = true;
            await ReleaseAsync();
            throw;
        }
    }

    /// <summary>Decides on the admission of a session; its own node then tracks an admitted one in the match's stream.</summary>
    public async ValueTask<MatchAdmission> AdmitAsync(MatchJoinAttempt attempt, CancellationToken cancellationToken)
    {
        var waiting = new WaitingAttempt(attempt);
        lock (_gate)
        {
            if (_isStopped) return MatchAdmission.Rejected("");
            if (_members.TryGetValue(attempt.Presence.SessionId, out var member) && IsPresent(member)) return AdmissionOf(attempt.Presence.SessionId, isNew: false);
            if (!_inbox.TryAddAttempt(waiting)) return MatchAdmission.Rejected("Match is not currently accepting join requests");
            Schedule();
        }

        try
        {
            return await waiting.Task.WaitAsync(AnswerTimeout, _services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return MatchAdmission.Rejected("");
        }
    }

    /// <summary>Accepts data from a member; others are ignored. Never waits: data for which there is no room is dropped.</summary>
    public void Receive(Guid sessionId, MatchDataSend data)
    {
        lock (_gate)
        {
            if (_isStopped || !_members.TryGetValue(sessionId, out var sender)) return;
            var message = new MatchMessage(
                sender.Presence, data.OpCode, data.Data, data.Reliable, _services.Time.GetUtcNow().ToUnixTimeMilliseconds());
            if (_inbox.TryAddMessage(message))
            {
                Statistics.OnReceived(data.Data.Length);
                return;
            }
        }

        Statistics.OnDropped();
        _services.Losses.OnMessageDropped(this);
    }

    /// <summary>Sends a signal and returns the answer.</summary>
    /// <exception cref="MatchException">The match is busy, does not answer or has ended.</exception>
    public async ValueTask<string> SignalAsync(string data, CancellationToken cancellationToken)
    {
        var waiting = new WaitingSignal(data);
        lock (_gate)
        {
            if (_isStopped) throw MatchException.NotFound;
            if (!_inbox.TryAddSignal(waiting)) throw MatchException.Busy;
            Schedule();
        }

        try
        {
            return await waiting.Task.WaitAsync(AnswerTimeout, _services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw MatchException.Busy;
        }
    }

    /// <summary>
    /// The members, the tick and the state between two calls. Requests that wait at the same time share one snapshot, so that they
    /// take at most one place among the calls.
    /// </summary>
    /// <exception cref="MatchException">The match does not answer, cannot describe its state or has ended.</exception>
    public async ValueTask<MatchSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        WaitingSnapshot waiting;
        lock (_gate)
        {
            if (_isStopped) throw MatchException.NotFound;
            if (_snapshot is null)
            {
                var added = new WaitingSnapshot();
                if (!_inbox.TryAddCall(MatchCallKind.Snapshot, added)) throw MatchException.NoState;
                _lastLeaves = null;
                _snapshot = added;
                Schedule();
            }

            waiting = _snapshot;
        }

        try
        {
            return await waiting.Task.WaitAsync(AnswerTimeout, _services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw MatchException.NoState;
        }
    }

    /// <summary>Tells the handler that the node stops.</summary>
    public void Terminate(int graceSeconds) => TryCall(MatchCallKind.Terminate, graceSeconds);

    /// <summary>A loop is due.</summary>
    /// <param name="dueAt">The timestamp at which it is due.</param>
    /// <param name="missedCount">The number of loops after it that are due as well and are left out.</param>
    /// <param name="mayRun">Whether the match may run on the calling thread, if its loops are short.</param>
    public void OnLoopDue(long dueAt, long missedCount, bool mayRun)
    {
        bool runs;
        lock (_gate)
        {
            if (_isStopped) return;
            if (_inbox.TryAddLoop()) _loopDueAt = dueAt;
            else missedCount++;
            runs = mayRun && !_isScheduled && !_isSlow && _handler!.Executor is null;
            if (runs) _isScheduled = true;
            else Schedule();
        }

        if (missedCount > 0)
        {
            Statistics.OnSkipped(missedCount);
            _services.Losses.OnLoopsSkipped(this, missedCount);
        }

        if (runs) Run();
    }

    /// <summary>
    /// Ends the match: it is not found any more, its stream is closed without a message, and everything that waits is refused. A
    /// call that is running ends when its handler notices.
    /// </summary>
    public void Stop(bool disconnectsMembers)
    {
        List<MatchCall> refused = [];
        MatchMember[] members;
        lock (_gate)
        {
            if (_isStopped) return;
            _isStopped = true;
            while (_inbox.TryTake(out var call)) refused.Add(call);
            members = [.. _members.Values];
            // The last turn sends what was deferred and releases the handler.
            Schedule();
        }

        _registry.OnStopped(this);
        _services.Tracker.UntrackStream(Stream);
        foreach (var call in refused) Refuse(call.Subject);
        foreach (var member in members)
        {
            member.Rejoin?.TrySetResult(MatchAdmission.Rejected(""));
            if (disconnectsMembers) _services.Disconnects.Disconnect(member.Presence.SessionId);
        }

        // Handlers may have registered callbacks, which must not run on this thread.
        _ = _stopping.CancelAsync();
        MatchLog.Ended(_services.Log, MatchId);
    }

    private static void Refuse(object? subject)
    {
        switch (subject)
        {
            case WaitingAttempt attempt: attempt.TrySetResult(MatchAdmission.Rejected("")); break;
            case WaitingSignal signal: signal.TrySetException(MatchException.Busy); break;
            case WaitingSnapshot snapshot: snapshot.TrySetException(MatchException.NotFound); break;
        }
    }

    /// <summary>Queues a call; false when the match has stopped, which it does when too many calls wait.</summary>
    private bool TryCall(MatchCallKind kind, object subject)
    {
        lock (_gate)
        {
            if (_isStopped) return false;
            if (_inbox.TryAddCall(kind, subject))
            {
                _lastLeaves = null;
                Schedule();
                return true;
            }
        }

        Overflow();
        return false;
    }

    private void Overflow()
    {
        MatchLog.CallsFull(_services.Log, MatchId, HandlerName);
        Stop(disconnectsMembers: true);
    }

    /// <summary>Called under the lock.</summary>
    private void Schedule()
    {
        if (_isScheduled) return;
        _isScheduled = true;
        if (_handler?.Executor is { } executor) executor.Queue(this);
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
