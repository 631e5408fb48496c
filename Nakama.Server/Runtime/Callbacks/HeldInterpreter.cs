namespace Nakama.Server.Runtime.Callbacks;

/// <summary>
/// An interpreter whose script waits for a server function. Callbacks caused by this function run on it, one at a time,
/// instead of on another one of the pool: nested calls that wait for pooled interpreters could deadlock.
/// </summary>
/// <remarks>
/// The function runs as an asynchronous flow, through which the interpreter is found. A flow may outlive its function;
/// it then finds the interpreter closed and takes one from the pool.
/// </remarks>
internal sealed class HeldInterpreter
{
    /// <summary>The maximum nesting depth of module functions that wait for each other.</summary>
    public const int MaxDepth = 16;

    private static readonly AsyncLocal<HeldInterpreter?> Flow = new();

    private readonly Lock _lock = new();
    private readonly HeldInterpreter? _outer;
    private readonly int _depth;
    private State _state;

    // Completes on the next state change that a caller waits for.
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

        /// <summary>The script waits and a callback is running.</summary>
        InUse,

        /// <summary>The function has ended.</summary>
        Closed,
    }

    public object Interpreter { get; }

    private object Pool { get; }

    /// <summary>Begins a server function; code that it starts finds the interpreter until <see cref="Leave"/>.</summary>
    public static HeldInterpreter Enter(object pool, object interpreter)
    {
        var held = new HeldInterpreter(pool, interpreter, Flow.Value);
        Flow.Value = held;
        return held;
    }

    /// <summary>
    /// The interpreter of a pool that waits for the current flow, reserved until <see cref="EndUse"/>; null when there is none
    /// and one from the pool must be used.
    /// </summary>
    /// <exception cref="Errors.ApiException">The nesting is too deep.</exception>
    public static ValueTask<HeldInterpreter?> TryUseAsync(object pool, CancellationToken cancellationToken) =>
        Flow.Value is { } innermost ? TryUseAsync(innermost, pool, cancellationToken) : default;

    /// <summary>Restores the flow of the script.</summary>
    public void Leave() => Flow.Value = _outer;

    /// <summary>The script has suspended and waits for the function, unless that has already ended.</summary>
    public void Open() => Change(State.Running, State.Waiting);

    /// <summary>The callback has ended.</summary>
    public void EndUse() => Change(State.InUse, State.Waiting);

    /// <summary>The function ended before the script suspended.</summary>
    public void Close() => Change(State.Running, State.Closed);

    /// <summary>The function has ended. Completes when no callback is running any more, so that the script may continue.</summary>
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
