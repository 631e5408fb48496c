using System.Runtime.CompilerServices;
using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Realtime;

/// <summary>
/// The messages of one session on their way to the pipeline, one after the other in order. While one is running, the
/// transport continues to read: a ping is answered immediately unless an earlier one waits, up to <see cref="MaxWaiting"/> other
/// messages wait here, and then reading pauses until half of them are done. A message also waits while the session's outgoing
/// queue has no room, so that the answers to a client's own requests never overflow it.
/// </summary>
/// <param name="session">The session. Only its single reader calls this.</param>
/// <param name="pipeline">Runs the messages.</param>
public sealed class SessionInbox(Session session, RealtimePipeline pipeline)
{
    /// <summary>How many messages may wait behind the running one.</summary>
    public const int MaxWaiting = 16;

    private const int ResumeWaiting = MaxWaiting / 2;
    private const int ResumeIdle = -1;

    private readonly Lock _gate = new();
    private Queue<(Envelope Message, int Size)>? _waiting;
    private TaskCompletionSource? _resumed;
    private int _resumeAt;
    private volatile bool _isRunning;
    private volatile bool _isHolding;
    private int _waitingPings;

    // State of the run: its next message and what it awaits. The delegate and the awaiter avoid a state machine per message.
    private (Envelope? Message, int Size) _next;
    private ValueTaskAwaiter _awaiter;
    private Action? _onDone;

    /// <summary>
    /// Whether the reader waits for this inbox, so that missing data from the client must not count as a timeout.
    /// </summary>
    public bool IsHolding => _isHolding;

    /// <summary>Takes a message. The next one may be read when this has completed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="size">Its received length in bytes.</param>
    public ValueTask PostAsync(Envelope message, int size)
    {
        var hasRoom = session.HasRoom;
        if (_isRunning)
        {
            var overtakes = hasRoom && IsPing(message) && Volatile.Read(ref _waitingPings) == 0;
            return overtakes ? pipeline.ProcessAsync(session, message, size) : WaitAsync(message, size);
        }

        if (hasRoom)
        {
            var running = pipeline.ProcessAsync(session, message, size);
            if (running.IsCompletedSuccessfully) return default;
            _isRunning = true;
            Await(running);
        }
        else
        {
            _isRunning = true;
            _next = (message, size);
            if (IsPing(message)) Interlocked.Increment(ref _waitingPings);
            Run();
        }

        return default;
    }

    /// <summary>Completes when no message is running or waiting. Only for the reader, which posts nothing meanwhile.</summary>
    public ValueTask IdleAsync()
    {
        if (!_isRunning) return default;
        lock (_gate) return _isRunning ? Hold(ResumeIdle) : default;
    }

    private static bool IsPing(Envelope message) => message.MessageCase == Envelope.MessageOneofCase.Ping;

    private ValueTask WaitAsync(Envelope message, int size)
    {
        lock (_gate)
        {
            if (_isRunning)
            {
                _waiting ??= new();
                _waiting.Enqueue((message, size));
                if (IsPing(message)) Interlocked.Increment(ref _waitingPings);
                return _waiting.Count < MaxWaiting ? default : Hold(ResumeWaiting);
            }
        }

        return PostAsync(message, size);
    }

    private ValueTask Hold(int resumeAt)
    {
        _resumeAt = resumeAt;
        _isHolding = true;
        _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return new(_resumed.Task);
    }

    /// <summary>Continues until no message is left, or something has to be awaited.</summary>
    private void Run()
    {
        while (_next.Message is not null || TryTake())
        {
            if (session.IsClosing)
            {
                _next = default;
                continue;
            }

            var step = session.RoomAsync();
            if (step.IsCompletedSuccessfully)
            {
                var (message, size) = _next;
                _next = default;
                var isPing = IsPing(message!);
                step = pipeline.ProcessAsync(session, message!, size);
                if (isPing) Interlocked.Decrement(ref _waitingPings);
            }

            if (step.IsCompletedSuccessfully) continue;
            Await(step);
            return;
        }
    }

    private void Await(ValueTask step)
    {
        _awaiter = step.GetAwaiter();
        _awaiter.UnsafeOnCompleted(_onDone ??= OnDone);
    }

    private void OnDone()
    {
        try
        {
            _awaiter.GetResult();
        }
        catch (Exception)
        {
            // The pipeline handles all expected failures; after any other one the session cannot continue in order.
            session.Close(SessionClose.ProcessingFailed);
        }

        Run();
    }

    /// <summary>Takes the next waiting message; without one, the run ends.</summary>
    private bool TryTake()
    {
        TaskCompletionSource? resumed = null;
        bool isFound;
        lock (_gate)
        {
            isFound = _waiting is { Count: > 0 };
            if (isFound)
            {
                _next = _waiting!.Dequeue();
            }
            else
            {
                _waiting = null;
                _isRunning = false;
            }

            if (_resumed is not null && (!isFound || _waiting!.Count <= _resumeAt))
            {
                (resumed, _resumed) = (_resumed, null);
                _isHolding = false;
            }
        }

        resumed?.SetResult();
        return isFound;
    }
}
