using Nakama.Server.Presence;

namespace Nakama.Server.Matches;

/// <content>The calls of the handler, one at a time.</content>
internal sealed partial class AuthoritativeMatch
{
    // Members that never arrived are looked for every so many seconds of ticks.
    private const int ArrivalCheckSeconds = 30;

    void IThreadPoolWorkItem.Execute() => Run();

    void IMatchTurn.Abandon(Exception error)
    {
        MatchCall running;
        lock (_gate) running = _running;
        Fail(running, error);
    }

    /// <summary>Runs the calls that wait, until there are none or a handler waits.</summary>
    private void Run()
    {
        while (true)
        {
            MatchCall call;
            lock (_gate)
            {
                if (_isStopped) break;
                if (!_inbox.TryTake(out call))
                {
                    _running = default;
                    _isScheduled = false;
                    return;
                }

                _running = call;
                if (ReferenceEquals(call.Subject, _lastLeaves)) _lastLeaves = null;
            }

            var running = RunAsync(call);
            if (running.IsCompletedSuccessfully) continue;
            _ = ContinueAsync(running);
            return;
        }

        _ = ReleaseAsync();
    }

    private async Task ContinueAsync(ValueTask running)
    {
        await running;
        Run();
    }

    /// <summary>Runs one call. Never fails: an exception of the handler ends the match.</summary>
    private async ValueTask RunAsync(MatchCall call)
    {
        try
        {
            var continues = call.Kind switch
            {
                MatchCallKind.Loop => await LoopAsync(),
                MatchCallKind.JoinAttempt => await AttemptAsync((WaitingAttempt)call.Subject!),
                MatchCallKind.Join => await JoinAsync((MatchPresence)call.Subject!),
                MatchCallKind.Leave => await LeaveAsync((List<MemberLeave>)call.Subject!),
                MatchCallKind.Signal => await SignalAsync((WaitingSignal)call.Subject!),
                MatchCallKind.Terminate => await _handler!.TerminateAsync(_tick, (int)call.Subject!, _stopping.Token),
                _ => Describe((WaitingSnapshot)call.Subject!),
            };
            if (continues) SendDeferred();
            else Stop(disconnectsMembers: false);
        }
        catch (Exception e)
        {
            Fail(call, e);
        }
    }

    private void Fail(MatchCall call, Exception error)
    {
        if (!_isStopped)
        {
            _services.Metrics.MatchFailed();
            MatchLog.HandlerFailed(_services.Log, error, MatchId, HandlerName, call.Kind, error.Message);
            Stop(disconnectsMembers: true);
        }

        Refuse(call.Subject);
    }

    private async ValueTask<bool> LoopAsync()
    {
        var time = _services.Time;
        var startedAt = time.GetTimestamp();
        var lateness = time.GetElapsedTime(_loopDueAt, startedAt);
        List<MatchMessage>? messages;
        lock (_gate) messages = _inbox.TakeMessages();
        var continues = await _handler!.LoopAsync(_tick, messages ?? (IReadOnlyList<MatchMessage>)[], _stopping.Token);
        if (messages is not null)
        {
            lock (_gate) _inbox.Recycle(messages);
        }

        var duration = time.GetElapsedTime(startedAt);
        _isSlow = duration > ShortLoop;
        _services.Metrics.LoopDone(lateness, duration);
        Statistics.OnLoop(lateness, duration, isFirst: _tick == 0);
        Volatile.Write(ref _tick, _tick + 1);
        if (!continues) return false;
        if (_tick % (TickRate * ArrivalCheckSeconds) == 0) RemoveOverdue();
        return !IsEmptyTooLong();
    }

    private async ValueTask<bool> AttemptAsync(WaitingAttempt waiting)
    {
        var presence = waiting.Attempt.Presence;
        if (_members.TryGetValue(presence.SessionId, out var member))
        {
            if (IsPresent(member))
            {
                waiting.TrySetResult(AdmissionOf(presence.SessionId, isNew: false));
            }
            else
            {
                // Its leave is still to be processed; only then may it join again.
                member.Rejoin?.TrySetResult(MatchAdmission.Rejected(""));
                member.Rejoin = waiting;
            }

            return true;
        }

        var decision = await _handler!.JoinAttemptAsync(_tick, waiting.Attempt, _stopping.Token);
        if (!decision.Continues || !decision.IsAccepted || _isStopped)
        {
            waiting.TrySetResult(MatchAdmission.Rejected(decision.Continues ? decision.Reason ?? "" : ""));
            return decision.Continues;
        }

        SendDeferred();
        Add(presence, _tick + (TickRate * (_services.Options.JoinMarkerDeadlineMs / 1000L)));
        waiting.TrySetResult(AdmissionOf(presence.SessionId, isNew: true));
        return await _handler.JoinAsync(_tick, [presence], _stopping.Token);
    }

    /// <summary>A session that is in the stream without an attempt to join; game logic may put it there.</summary>
    private ValueTask<bool> JoinAsync(MatchPresence presence)
    {
        if (_members.ContainsKey(presence.SessionId) || _services.Tracker.Find(presence.SessionId, Stream) is null) return new(true);
        Add(presence, expectedUntil: 0);
        return _handler!.JoinAsync(_tick, [presence], _stopping.Token);
    }

    private async ValueTask<bool> LeaveAsync(List<MemberLeave> leaves)
    {
        var left = new List<MatchPresence>(leaves.Count);
        List<WaitingAttempt>? rejoins = null;
        lock (_gate)
        {
            foreach (var leave in leaves)
            {
                if (!_members.Remove(leave.SessionId, out var member)) continue;
                left.Add(member.Presence.WithReason(leave.Reason));
                if (member.Rejoin is { } rejoin) (rejoins ??= []).Add(rejoin);
            }

            Volatile.Write(ref _size, _members.Count);
        }

        if (left.Count == 0) return true;
        var continues = await _handler!.LeaveAsync(_tick, left, _stopping.Token);
        if (rejoins is null) return continues;
        lock (_gate)
        {
            foreach (var rejoin in rejoins)
            {
                if (!continues || _isStopped || !_inbox.TryAddAttempt(rejoin)) rejoin.TrySetResult(MatchAdmission.Rejected(""));
            }
        }

        return continues;
    }

    private async ValueTask<bool> SignalAsync(WaitingSignal waiting)
    {
        var answer = await _handler!.SignalAsync(_tick, waiting.Data, _stopping.Token);
        if (answer.Continues) waiting.TrySetResult(answer.Data);
        else waiting.TrySetException(MatchException.Busy);
        return answer.Continues;
    }

    private bool Describe(WaitingSnapshot waiting)
    {
        lock (_gate) _snapshot = null;
        try
        {
            waiting.TrySetResult(new MatchSnapshot([.. _members.Values.Select(static member => member.Presence.Shown)], _tick, _handler!.DescribeState()));
        }
        catch (Exception e)
        {
            MatchLog.StateNotDescribed(_services.Log, e, MatchId, HandlerName);
            waiting.TrySetException(MatchException.NoState);
        }

        return true;
    }

    private bool IsEmptyTooLong()
    {
        _emptyCount = _members.Count == 0 ? _emptyCount + 1 : 0;
        if (_services.Options.MaxEmptySec <= 0 || _emptyCount < (long)TickRate * _services.Options.MaxEmptySec) return false;
        MatchLog.EmptyTooLong(_services.Log, MatchId);
        return true;
    }

    /// <summary>Members whose client was let in and never arrived leave again.</summary>
    private void RemoveOverdue()
    {
        List<MemberLeave>? overdue = null;
        foreach (var (sessionId, member) in _members)
        {
            if (member.ExpectedUntil > 0 && member.ExpectedUntil <= _tick) (overdue ??= []).Add(new MemberLeave(sessionId, PresenceReason.Unknown));
        }

        if (overdue is not null) OnLeaves(overdue);
    }

    private async Task ReleaseAsync()
    {
        if (_isReleased) return;
        _isReleased = true;
        SendDeferred();
        try
        {
            await _handler!.DisposeAsync();
        }
        catch (Exception e)
        {
            MatchLog.ReleaseFailed(_services.Log, e, MatchId, HandlerName);
        }
    }
}
