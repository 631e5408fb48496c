namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>
/// The interpreters of the node. Each runs one call at a time; they take turns, and those who wait get one in the order in
/// which they came. When all are busy another is made, up to a limit.
/// </summary>
internal sealed class LuaPool
{
    private readonly Lock _gate = new();
    private readonly Queue<LuaInterpreter> _idle = new();
    private readonly LinkedList<TaskCompletionSource<LuaInterpreter>> _waiting = [];
    private readonly Func<CancellationToken, ValueTask<LuaInterpreter>> _make;
    private readonly int _max;
    private int _count;

    /// <param name="make">Makes an interpreter with all modules in it.</param>
    /// <param name="max">How many there may be.</param>
    public LuaPool(Func<CancellationToken, ValueTask<LuaInterpreter>> make, int max)
    {
        _make = make;
        _max = Math.Max(1, max);
    }

    /// <summary>How many interpreters there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Makes the first interpreters.</summary>
    public async ValueTask FillAsync(int count, CancellationToken cancellationToken)
    {
        for (; _count < Math.Min(count, _max); _count++) _idle.Enqueue(await _make(cancellationToken));
    }

    public ValueTask<LuaInterpreter> RentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_idle.TryDequeue(out var idle)) return new(idle);
            if (_count >= _max) return WaitAsync(_waiting.AddLast(new TaskCompletionSource<LuaInterpreter>(TaskCreationOptions.RunContinuationsAsynchronously)), cancellationToken);
            _count++;
        }

        return MakeAnotherAsync(cancellationToken);
    }

    public void Return(LuaInterpreter interpreter)
    {
        lock (_gate)
        {
            while (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                if (first.Value.TrySetResult(interpreter)) return;
            }

            _idle.Enqueue(interpreter);
        }
    }

    private async ValueTask<LuaInterpreter> MakeAnotherAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _make(cancellationToken);
        }
        catch
        {
            Interlocked.Decrement(ref _count);
            throw;
        }
    }

    private async ValueTask<LuaInterpreter> WaitAsync(LinkedListNode<TaskCompletionSource<LuaInterpreter>> place, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static (source, token) => ((TaskCompletionSource<LuaInterpreter>)source!).TrySetCanceled(token), place.Value);
        try
        {
            return await place.Value.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                if (place.List is not null) _waiting.Remove(place);
            }

            throw;
        }
    }
}
