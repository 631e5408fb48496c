namespace Nakama.Server.Runtime.Callbacks;

/// <summary>
/// An interpreter whose script waits for a function of the server. Callbacks that this function leads to run on it, one
/// after the other, and not on another one of the pool, for which they might wait for ever: for each other, in the end.
/// </summary>
/// <remarks>
/// The function runs as an asynchronous flow, along which the interpreter is found again. A flow may outlive its function;
/// from then on it finds the interpreter closed and takes one of the pool.
/// </remarks>
internal sealed class HeldInterpreter
{
    /// <summary>How many functions of modules may wait for each other.</summary>
    public const int MaxDepth = 16;

    private static readonly AsyncLocal<HeldInterpreter?> Flow = new();

    private readonly Lock _lock = new();
    private readonly HeldInterpreter? _outer;
    private readonly int _depth;
    private State _state;

    // Completes with the next change of the state that somebody waits for.
    private TaskCompletionSource? _change;

    private HeldInterpreter(object pool, object interpreter, HeldInterpreter? outer)
    {
        (Pool, Interpreter, _outer) = (pool, interpreter, outer);
        _depth = outer is null ? 1 : outer._depth + 1;
    }

    private enum State
    {
        /// <summary>The script has called the function and is still running.</summary>
        Running,

        /// <summary>The script waits.</summary>
        Waiting,

        /// <summary>The script waits and a callback runs.</summary>
        InUse,

        /// <summary>The function has ended.</summary>
        Closed,
    }

    public object Interpreter { get; }

    private object Pool { get; }

    /// <summary>Begins a function of the server; what it starts finds the interpreter until <see cref="Leave"/>.</summary>
    public static HeldInterpreter Enter(object pool, object interpreter)
    {
        var held = new HeldInterpreter(pool, interpreter, Flow.Value);
        Flow.Value = held;
        return held;
    }

    /// <summary>
    /// The interpreter of a pool that waits for what runs here, reserved until <see cref="EndUse"/>; null when there is none
    /// and one of the pool is to be taken.
    /// </summary>
    /// <exception cref="Errors.ApiException">Too many wait for each other.</exception>
    public static ValueTask<HeldInterpreter?> TryUseAsync(object pool, CancellationToken cancellationToken) =>
        Flow.Value is { } innermost ? TryUseAsync(innermost, pool, cancellationToken) : default;

    /// <summary>Back in the flow of the script.</summary>
    public void Leave() => Flow.Value = _outer;

    /// <summary>The script has stopped running and waits for the function, unless that has ended already.</summary>
    public void Open() => Change(State.Running, State.Waiting);

    /// <summary>The callback has ended.</summary>
    public void EndUse() => Change(State.InUse, State.Waiting);

    /// <summary>The function has ended before the script waited.</summary>
    public void Close() => Change(State.Running, State.Closed);

    /// <summary>The function has ended. Completes when no callback runs any more, so that the script may go on.</summary>
    public async ValueTask CloseAsync()
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_state != State.InUse)
                {
                    Set(State.Closed);
                    return;
                }

                change = NextChange();
            }

            await change;
        }
    }

    private static async ValueTask<HeldInterpreter?> TryUseAsync(HeldInterpreter innermost, object pool, CancellationToken cancellationToken)
    {
        for (var held = innermost; held is not null; held = held._outer)
        {
            if (!ReferenceEquals(held.Pool, pool) || !await held.TryBeginUseAsync(cancellationToken)) continue;
            if (innermost._depth < MaxDepth) return held;
            held.EndUse();
            throw RuntimeErrors.NestedTooDeep;
        }

        return null;
    }

    private async ValueTask<bool> TryBeginUseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_state == State.Closed) return false;
                if (_state == State.Waiting)
                {
                    _state = State.InUse;
                    return true;
                }

                change = NextChange();
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    private void Change(State from, State next)
    {
        lock (_lock)
        {
            if (_state == from) Set(next);
        }
    }

    private void Set(State next)
    {
        _state = next;
        _change?.SetResult();
        _change = null;
    }

    private Task NextChange() => (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
