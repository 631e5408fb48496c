using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Something that runs on a thread for scripts.</summary>
/// <param name="deadline">How long it may run; null for work that always ends, or whose parts have deadlines of their own.</param>
internal abstract class ScriptWork(ScriptDeadline? deadline) : IThreadPoolWorkItem
{
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();

    public ScriptDeadline? Deadline { get; } = deadline;

    /// <summary>Runs it in the flow of its caller.</summary>
    public void Run()
    {
        if (_flow is null) RunInFlow();
        else ExecutionContext.Run(_flow, static work => ((ScriptWork)work!).RunInFlow(), this);
    }

    /// <summary>Answers the caller, after <see cref="Run"/>. What the caller does next may run within.</summary>
    public abstract void Complete();

    /// <summary>Answers the caller although the work has not ended. What the caller does next may run within.</summary>
    public abstract void Abandon(Exception error);

    void IThreadPoolWorkItem.Execute() => Complete();

    protected abstract void RunInFlow();
}

/// <summary>A function that a caller waits for.</summary>
internal sealed class ScriptWork<TState, TResult>(TState state, Func<TState, TResult> run, ScriptDeadline? deadline) : ScriptWork(deadline)
{
    // Continues on the thread that completes it: waking another one costs more than most calls.
    private readonly TaskCompletionSource<TResult> _completion = new();
    private TResult? _result;
    private Exception? _error;

    public Task<TResult> Result => _completion.Task;

    public override void Complete()
    {
        if (_error is { } error) _completion.TrySetException(error);
        else _completion.TrySetResult(_result!);
    }

    public override void Abandon(Exception error) => _completion.TrySetException(error);

    protected override void RunInFlow()
    {
        try
        {
            _result = run(state);
        }
        catch (Exception e)
        {
            _error = e;
        }
    }
}

/// <summary>The turn of a match.</summary>
internal sealed class MatchTurnWork(IMatchTurn turn) : ScriptWork(deadline: null)
{
    public override void Complete()
    {
    }

    public override void Abandon(Exception error) => turn.Abandon(error);

    protected override void RunInFlow() => turn.Execute();
}
