using Nakama.Server.Errors;
using Nakama.Server.Metrics;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>
/// The interpreters of one language. Each runs one call at a time. When all are busy another is created, up to a limit;
/// beyond it calls wait in order of arrival. The number of waiting calls is bounded, and further ones are rejected at once
/// and counted; the waiting time is bounded as well.
/// </summary>
/// <typeparam name="T">An interpreter with all modules loaded.</typeparam>
internal sealed class InterpreterPool<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _idle = new();
    private readonly LinkedList<TaskCompletionSource<T>> _waiting = [];
    private readonly ScriptLanguage _language;
    private readonly Func<CancellationToken, ValueTask<T>> _make;
    private readonly int _max;
    private readonly int _maxWaiting;
    private readonly TimeSpan _maxWait;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private int _count;

    /// <param name="language">The language of the interpreters.</param>
    /// <param name="make">Creates an interpreter with all modules loaded.</param>
    /// <param name="max">The maximum number of interpreters.</param>
    /// <param name="options">How many calls may wait, and how long.</param>
    /// <param name="metrics">Counts the rejected calls.</param>
    /// <param name="time">The clock for the waiting time.</param>
    public InterpreterPool(
        ScriptLanguage language, Func<CancellationToken, ValueTask<T>> make, int max, RuntimeOptions options, ServerMetrics metrics, TimeProvider time)
    {
        (_language, _make, _max) = (language, make, Math.Max(1, max));
        (_maxWaiting, _maxWait) = (options.CallQueueSize, TimeSpan.FromMilliseconds(options.CallQueueWaitMs));
        (_metrics, _time) = (metrics, time);
    }

    /// <summary>How many interpreters there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many calls wait for an interpreter.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Creates the initial interpreters.</summary>
    public async ValueTask FillAsync(int count, CancellationToken cancellationToken)
    {
        for (; _count < Math.Min(count, _max); _count++) _idle.Enqueue(await _make(cancellationToken));
    }

    /// <exception cref="ApiException">No interpreter became idle in time, or too many calls wait already.</exception>
    public ValueTask<T> RentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_idle.TryDequeue(out var idle)) return new(idle);
            if (_count >= _max)
            {
                if (_waiting.Count >= _maxWaiting) throw Refused(RuntimeErrors.CallQueueFull(_language));
                return WaitAsync(_waiting.AddLast(new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)), cancellationToken);
            }

            _count++;
        }

        return MakeAnotherAsync(cancellationToken);
    }

    public void Return(T interpreter)
    {
        TaskCompletionSource<T> next;
        lock (_gate)
        {
            if (_waiting.First is not { } first)
            {
                _idle.Enqueue(interpreter);
                return;
            }

            next = first.Value;
            _waiting.Remove(first);
        }

        next.SetResult(interpreter);
    }

    /// <summary>Creates an interpreter in place of one that is not returned.</summary>
    public async ValueTask ReplaceAsync() => Return(await MakeAnotherAsync(CancellationToken.None));

    private async ValueTask<T> MakeAnotherAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _make(cancellationToken);
        }
        catch
        {
            lock (_gate) _count--;
            throw;
        }
    }

    private async ValueTask<T> WaitAsync(LinkedListNode<TaskCompletionSource<T>> place, CancellationToken cancellationToken)
    {
        try
        {
            return await place.Value.Task.WaitAsync(_maxWait, _time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Removing the waiter from the list decides the race: if Return removed it, an interpreter is on its way.
            if (!TryLeave(place))
            {
                var late = await place.Value.Task;
                if (e is TimeoutException) return late;
                Return(late);
            }

            if (e is TimeoutException) throw Refused(RuntimeErrors.NoInterpreter(_language));
            throw;
        }
    }

    private bool TryLeave(LinkedListNode<TaskCompletionSource<T>> place)
    {
        lock (_gate)
        {
            if (place.List is null) return false;
            _waiting.Remove(place);
            return true;
        }
    }

    private ApiException Refused(ApiException error)
    {
        _metrics.RuntimeCallRefused();
        return error;
    }
}
