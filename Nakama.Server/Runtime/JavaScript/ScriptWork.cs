namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Something that runs on a thread for scripts and that a caller waits for.</summary>
/// <param name="deadline">How long it may run; null for work that always ends.</param>
internal abstract class ScriptWork(ScriptDeadline? deadline)
{
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();

    public ScriptDeadline? Deadline { get; } = deadline;

    /// <summary>Runs it in the flow of its caller.</summary>
    public void Run()
    {
        if (_flow is null) Execute();
        else ExecutionContext.Run(_flow, static work => ((ScriptWork)work!).Execute(), this);
    }

    /// <summary>Answers the caller although the work has not ended.</summary>
    public abstract void Abandon(Exception error);

    protected abstract void Execute();
}

/// <inheritdoc/>
internal sealed class ScriptWork<TState, TResult>(TState state, Func<TState, TResult> run, ScriptDeadline? deadline) : ScriptWork(deadline)
{
    private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Result => _result.Task;

    public override void Abandon(Exception error) => _result.TrySetException(error);

    protected override void Execute()
    {
        try
        {
            _result.TrySetResult(run(state));
        }
        catch (Exception e)
        {
            _result.TrySetException(e);
        }
    }
}
