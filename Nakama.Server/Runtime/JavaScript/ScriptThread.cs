namespace Nakama.Server.Runtime.JavaScript;

/// <summary>A thread for scripts: what it runs, from the outside in. Guarded by the lock of <see cref="ScriptThreads"/>.</summary>
internal sealed class ScriptThread
{
    private readonly Stack<ScriptWork> _running = new();

    /// <summary>Whether it did not stop in time and its callers have been answered.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether another thread may take its place. It stays one of the threads otherwise.</summary>
    public bool IsReplaced { get; set; }

    public void Begin(ScriptWork work) => _running.Push(work);

    public void End() => _running.Pop();

    public bool IsOverdue(TimeSpan grace)
    {
        if (IsLost) return false;
        foreach (var work in _running)
        {
            if (work.Deadline is { } deadline && deadline.IsOverdue(grace)) return true;
        }

        return false;
    }

    /// <summary>Answers everyone who waits for this thread.</summary>
    public void Abandon()
    {
        IsLost = true;
        foreach (var work in _running) work.Abandon(ScriptStoppedException.TooLong(work.Deadline?.Budget ?? TimeSpan.Zero));
    }
}
