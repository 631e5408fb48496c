using Nakama.Server.Presence;

namespace Nakama.Server.Matches;

/// <summary>The kinds of call that wait for a match.</summary>
internal enum MatchCallKind : byte
{
    Loop,
    JoinAttempt,
    Join,
    Leave,
    Signal,
    Terminate,
    Snapshot,
}

/// <summary>A call that waits for a match.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Subject">What the kind needs: the request that waits for the answer, or presences, or the grace period.</param>
internal readonly record struct MatchCall(MatchCallKind Kind, object? Subject);

/// <summary>
/// Everything that waits for one match, in the order of arrival: at most one loop, and joins and leaves, attempts to join, and
/// signals, each up to its limit. The data of players waits apart, for the next loop. Not thread-safe: guarded by its match.
/// </summary>
internal sealed class MatchInbox(MatchOptions options)
{
    private readonly Queue<MatchCall> _calls = new();
    private List<MatchMessage>? _messages;
    private List<MatchMessage>? _spare;
    private int _callCount;
    private int _attemptCount;
    private int _signalCount;

    public bool HasLoop { get; private set; }

    /// <summary>False when there is a loop already.</summary>
    public bool TryAddLoop()
    {
        if (HasLoop) return false;
        HasLoop = true;
        _calls.Enqueue(new MatchCall(MatchCallKind.Loop, null));
        return true;
    }

    /// <summary>False when the calls are full, which stops the match.</summary>
    public bool TryAddCall(MatchCallKind kind, object? subject)
    {
        if (_callCount >= options.CallQueueSize) return false;
        _callCount++;
        _calls.Enqueue(new MatchCall(kind, subject));
        return true;
    }

    /// <summary>Several leaves that wait become one call. False when the calls are full.</summary>
    public bool TryAddLeaves(List<MemberLeave> leaves, ref List<MemberLeave>? last)
    {
        if (last is not null)
        {
            last.AddRange(leaves);
            return true;
        }

        last = leaves;
        return TryAddCall(MatchCallKind.Leave, leaves);
    }

    /// <summary>False when too many attempts wait.</summary>
    public bool TryAddAttempt(object attempt)
    {
        if (_attemptCount >= options.JoinAttemptQueueSize) return false;
        _attemptCount++;
        _calls.Enqueue(new MatchCall(MatchCallKind.JoinAttempt, attempt));
        return true;
    }

    /// <summary>False when too many signals wait.</summary>
    public bool TryAddSignal(object signal)
    {
        if (_signalCount >= options.SignalQueueSize) return false;
        _signalCount++;
        _calls.Enqueue(new MatchCall(MatchCallKind.Signal, signal));
        return true;
    }

    /// <summary>False when too many messages wait; the message is dropped.</summary>
    public bool TryAddMessage(in MatchMessage message)
    {
        var messages = _messages ??= [];
        if (messages.Count >= options.InputQueueSize) return false;
        messages.Add(message);
        return true;
    }

    public bool TryTake(out MatchCall call)
    {
        if (!_calls.TryDequeue(out call)) return false;
        switch (call.Kind)
        {
            case MatchCallKind.Loop: HasLoop = false; break;
            case MatchCallKind.JoinAttempt: _attemptCount--; break;
            case MatchCallKind.Signal: _signalCount--; break;
            default: _callCount--; break;
        }

        return true;
    }

    /// <summary>All messages that wait; null when there are none. The list is returned with <see cref="Recycle"/>.</summary>
    public List<MatchMessage>? TakeMessages()
    {
        if (_messages is not { Count: > 0 } messages) return null;
        (_messages, _spare) = (_spare, null);
        return messages;
    }

    public void Recycle(List<MatchMessage> messages)
    {
        messages.Clear();
        _spare = messages;
    }
}

/// <summary>A member that has left.</summary>
/// <param name="SessionId">Its session.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct MemberLeave(Guid SessionId, PresenceReason Reason);
