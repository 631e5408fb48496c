using Nakama.Server.Errors;

namespace Nakama.Server.Security;

/// <summary>
/// Decides whose password is processed next. Addresses are served in turn, so a long queue of one delays others by one password
/// per round; low-priority addresses are served when no other caller waits. Queue lengths, their sum and the wait are bounded.
/// </summary>
internal sealed class PasswordQueue(int slots, PasswordLimits limits, TimeProvider time)
{
    /// <summary>The number of callers that may wait in total.</summary>
    public const int MaxWaiting = 256;

    /// <summary>The number of callers that may wait per address.</summary>
    public const int MaxPerAddress = 16;

    /// <summary>The number of callers that may wait for the node itself: game logic, and callers without an address.</summary>
    public const int MaxOwn = 128;

    private readonly Lock _lock = new();
    private readonly Dictionary<PasswordCaller, Line> _lines = [];
    private readonly LinkedList<Line> _first = new();
    private readonly LinkedList<Line> _last = new();
    private int _free = slots;
    private int _waiting;

    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting;
        }
    }

    /// <summary>Returns when it is the caller's turn; the caller must then call <see cref="Leave"/>.</summary>
    /// <exception cref="ApiException">Too many callers wait, or the wait took too long.</exception>
    public async ValueTask EnterAsync(PasswordCaller caller, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            waiter = Add(caller);
        }

        try
        {
            await waiter.Turn.Task.WaitAsync(limits.LongestWait, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!Withdraw(waiter) && waiter.Turn.Task.IsCompletedSuccessfully) Leave();
            if (e is TimeoutException) throw PasswordHasher.Busy;
            throw;
        }
    }

    /// <summary>Passes the turn to the next caller.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if ((_first.First ?? _last.First) is not { } turn)
            {
                _free++;
                return;
            }

            var waiter = turn.Value.Waiters.First!.Value;
            var turns = TurnsOf(turn.Value);
            Remove(waiter);
            if (turn.List is not null)
            {
                turns.Remove(turn);
                turns.AddLast(turn);
            }

            waiter.Turn.SetResult();
        }
    }

    private Waiter Add(PasswordCaller caller)
    {
        _lines.TryGetValue(caller, out var line);
        var length = line?.Waiters.Count ?? 0;
        if (length >= (caller.Address.Length == 0 ? MaxOwn : MaxPerAddress)) throw PasswordHasher.Busy;
        if (_waiting >= MaxWaiting) DropFromLongerLine(caller, length);
        if (line is null)
        {
            line = new Line(caller);
            _lines.Add(caller, line);
            TurnsOf(line).AddLast(line.Turn);
        }

        var waiter = new Waiter(line);
        line.Waiters.AddLast(waiter.Place);
        _waiting++;
        return waiter;
    }

    /// <summary>
    /// Makes room by refusing the last caller of a queue that has low priority or is longer than the newcomer's.
    /// </summary>
    private void DropFromLongerLine(PasswordCaller newcomer, int length)
    {
        var longest = _last.MaxBy(static line => line.Waiters.Count);
        if (newcomer.ComesLast)
        {
            if (longest is null || longest.Waiters.Count <= length + 1) throw PasswordHasher.Busy;
        }
        else if (longest is null)
        {
            longest = _first.MaxBy(static line => line.Waiters.Count);
            if (longest is null || longest.Waiters.Count <= length + 1) throw PasswordHasher.Busy;
        }

        var dropped = longest.Waiters.Last!.Value;
        Remove(dropped);
        dropped.Turn.SetException(PasswordHasher.Busy);
    }

    private bool Withdraw(Waiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Place.List is null) return false;
            Remove(waiter);
            return true;
        }
    }

    private void Remove(Waiter waiter)
    {
        var line = waiter.Line;
        line.Waiters.Remove(waiter.Place);
        _waiting--;
        if (line.Waiters.Count > 0) return;
        _lines.Remove(line.Caller);
        TurnsOf(line).Remove(line.Turn);
    }

    private LinkedList<Line> TurnsOf(Line line) => line.Caller.ComesLast ? _last : _first;

    private sealed class Line
    {
        public Line(PasswordCaller caller)
        {
            Caller = caller;
            Turn = new LinkedListNode<Line>(this);
        }

        public PasswordCaller Caller { get; }

        public LinkedListNode<Line> Turn { get; }

        public LinkedList<Waiter> Waiters { get; } = new();
    }

    private sealed class Waiter
    {
        public Waiter(Line line)
        {
            Line = line;
            Place = new LinkedListNode<Waiter>(this);
        }

        public Line Line { get; }

        public LinkedListNode<Waiter> Place { get; }

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
