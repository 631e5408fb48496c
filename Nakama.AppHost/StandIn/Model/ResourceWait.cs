namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for before it starts.</summary>
internal sealed record ResourceWait(Resource Dependency, WaitKind Kind, int ExitCode = 0)
{
    /// <exception cref="HouseException">The dependency failed, or ended otherwise than expected.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var status = Dependency.Status;
        if (Kind == WaitKind.Started) await status.Started.WaitAsync(cancellationToken);
        if (Kind == WaitKind.Healthy) await status.Healthy.WaitAsync(cancellationToken);
        if (Kind == WaitKind.Ended && await status.Ended.WaitAsync(cancellationToken) is var code && code != ExitCode)
            throw new HouseException($"{Dependency.Name} ended with exit code {code}.");
    }
}

internal enum WaitKind
{
    Started,
    Healthy,
    Ended,
}
