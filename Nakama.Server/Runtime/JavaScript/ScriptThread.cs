namespace Nakama.Server.Runtime.JavaScript;

/// <summary>A thread for scripts: what it runs, from the outside in. Guarded by the lock of <see cref="ScriptThreads"/>.</summary>
internal sealed class ScriptThread
{
    private readonly Stack<Running> _running = new();

    /// <summary>Whether it did not stop in time and its callers have been answered.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether another thread may take its place. It stays one of the threads otherwise.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>Whether it runs the turn of a match and nothing within. Only for the thread itself.</summary>
    public bool IsInTurn { get; private set; }

    public void Begin(ScriptWork work)
    {
        _running.Push(new(work, work.Deadline));
        IsInTurn = work is MatchTurnWork;
    }

    /// <summary>A part of a turn begins.</summary>
    public void BeginPart(ScriptDeadline? deadline)
    {
        _running.Push(new(null, deadline));
        IsInTurn = false;
    }

    public void End()
    {
        _running.Pop();
        IsInTurn = _running.TryPeek(out var outer) && outer.Work is MatchTurnWork;
    }

    public bool IsOverdue(TimeSpan grace)
    {
        if (IsLost) return false;
        foreach (var running in _running)
        {
            if (running.Deadline is { } deadline && deadline.IsOverdue(grace)) return true;
        }

        return false;
    }

    /// <summary>Writes the thread off, and adds the work whose callers wait for it.</summary>
    public void Abandon(List<(ScriptWork Work, Exception Error)> abandoned)
    {
        IsLost = true;
        var budget = TimeSpan.Zero;
        foreach (var (work, deadline) in _running)
        {
            if (deadline is not null) budget = deadline.Budget;
            if (work is not null) abandoned.Add((work, ScriptStoppedException.TooLong(budget)));
        }
    }

    private readonly record struct Running(ScriptWork? Work, ScriptDeadline? Deadline);
}
