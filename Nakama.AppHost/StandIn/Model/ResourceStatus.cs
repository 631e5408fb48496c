namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a resource is doing, as a word to show and as moments to wait for.</summary>
internal sealed class ResourceStatus
{
    private readonly TaskCompletionSource<bool> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Raised after each change of <see cref="State"/>.</summary>
    public event Action? Changed;

    public ResourceState State { get; private set; }

    /// <summary>The exit code, once the process has ended by itself.</summary>
    public int? ExitCode { get; private set; }

    public Task Started => _started.Task;

    public Task Healthy => _healthy.Task;

    /// <summary>The exit code, when there is one.</summary>
    public Task<int> Ended => _ended.Task;

    public void Starting() => Change(ResourceState.Starting);

    public void IsRunning()
    {
        _started.TrySetResult(true);
        if (State == ResourceState.Starting) Change(ResourceState.Running);
    }

    public void IsHealthy()
    {
        _healthy.TrySetResult(true);
        if (State == ResourceState.Running) Change(ResourceState.Ready);
    }

    /// <summary>The process ended although nobody asked it to.</summary>
    public void HasEnded(int exitCode, HouseException report)
    {
        ExitCode = exitCode;
        Change(exitCode == 0 ? ResourceState.Finished : ResourceState.Failed);
        _ended.TrySetResult(exitCode);
        if (exitCode != 0 && !_healthy.Task.IsCompleted) HasFailed(report);
    }

    public void HasFailed(Exception reason)
    {
        Change(ResourceState.Failed);
        Fail(_started, reason);
        Fail(_healthy, reason);
        Fail(_ended, reason);
    }

    public void HasStopped() => Change(ResourceState.Stopped);

    private static void Fail<T>(TaskCompletionSource<T> moment, Exception reason)
    {
        moment.TrySetException(reason);
        // Nobody may be waiting; whoever started the resource reports the failure.
        _ = moment.Task.Exception;
    }

    private void Change(ResourceState state)
    {
        State = state;
        Changed?.Invoke();
    }
}

internal enum ResourceState
{
    Waiting,
    Starting,
    Running,
    Ready,
    Finished,
    Failed,
    Stopped,
}
