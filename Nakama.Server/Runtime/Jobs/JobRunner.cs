using Nakama.Server.Cluster;

namespace Nakama.Server.Runtime.Jobs;

/// <summary>Runs a job that this node has claimed, keeps the claim meanwhile, and records how it ended.</summary>
internal sealed class JobRunner(JobStore store, NodeDirectory nodes, RuntimeOptions options, TimeProvider time, ILogger<JobRunner> log)
{
    /// <summary>A job during which so many nodes were lost waits for its next instant.</summary>
    public const int MaxAttempts = 3;

    private const int MaxErrorLength = 2000;

    /// <summary>Raised when a run has ended on this node.</summary>
    public event Action<string, JobResult>? Ended;

    private readonly TimeSpan _lease = TimeSpan.FromSeconds(options.JobLeaseSec);
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.JobTimeoutSec);

    /// <summary>Claims a job and runs it; nothing happens when another node has claimed it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="stoppingToken">Cancelled when the node stops; another node then runs the job.</param>
    public async Task RunAsync(JobRegistry.RegisteredJob job, CancellationToken stoppingToken)
    {
        var name = job.Definition.Name;
        var started = time.GetUtcNow().UtcDateTime;
        if (await store.ClaimAsync(name, nodes.LocalName, _lease, started, stoppingToken) is not { } claim) return;
        if (claim.Attempt > MaxAttempts)
        {
            JobLog.GivenUp(log, name, MaxAttempts);
            await FinishAsync(job, claim, started, TimeSpan.Zero, JobOutcome.Lost, "the nodes that ran it were lost");
            return;
        }

        if (claim.Attempt > 1) JobLog.Again(log, name, claim.Attempt);
        using var claimLost = new CancellationTokenSource();
        using var timeout = new CancellationTokenSource(_timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(claimLost.Token, timeout.Token, stoppingToken);
        using var ended = new CancellationTokenSource();
        var keeping = KeepAsync(name, claim.Number, claimLost, ended.Token);
        var timestamp = time.GetTimestamp();
        Exception? error = null;
        try
        {
            await job.Function(RunOf(job.Definition, claim), stop.Token);
        }
        catch (Exception e)
        {
            error = timeout.IsCancellationRequested ? new TimeoutException($"it took longer than {options.JobTimeoutSec} s", e) : e;
        }
        finally
        {
            await ended.CancelAsync();
            await keeping;
        }

        var elapsed = time.GetElapsedTime(timestamp);
        if (error is not null && stoppingToken.IsCancellationRequested)
        {
            await store.ReleaseAsync(name, claim.Number, CancellationToken.None);
            return;
        }

        if (error is null) JobLog.Succeeded(log, name, elapsed, claim.DueAt);
        else JobLog.Failed(log, error, name, elapsed, claim.DueAt);
        await FinishAsync(job, claim, started, elapsed, error is null ? JobOutcome.Succeeded : JobOutcome.Failed, error?.Message ?? "");
    }

    /// <summary>The next instant of a schedule after now; null when there is none.</summary>
    public DateTime? NextOf(JobDefinition job) =>
        job.Schedule.Next(time.GetUtcNow().ToUnixTimeSeconds()) is > 0 and var next ? DateTime.UnixEpoch.AddSeconds(next) : null;

    private static JobRun RunOf(JobDefinition job, in JobClaim claim) => new(
        job.Name, job.Schedule.Text, new DateTimeOffset(claim.DueAt).ToUnixTimeSeconds(), claim.IsRequested, claim.Attempt);

    /// <summary>What has happened is recorded even if the node stops now. Instants that have passed meanwhile are skipped.</summary>
    private ValueTask FinishAsync(JobRegistry.RegisteredJob job, in JobClaim claim, DateTime started, TimeSpan elapsed, JobOutcome outcome, string error)
    {
        if (error.Length > MaxErrorLength) error = error[..MaxErrorLength];
        Ended?.Invoke(job.Definition.Name, new JobResult(claim.DueAt, started, (long)elapsed.TotalMilliseconds, outcome, error, nodes.LocalName));
        return store.FinishAsync(
            job.Definition.Name, claim.Number, NextOf(job.Definition), started, elapsed, outcome, error, CancellationToken.None);
    }

    private async Task KeepAsync(string name, long number, CancellationTokenSource claimLost, CancellationToken cancellationToken)
    {
        var renewedAt = time.GetTimestamp();
        try
        {
            using var timer = new PeriodicTimer(_lease / 3, time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    if (!await store.RenewAsync(name, number, _lease, cancellationToken)) break;
                    renewedAt = time.GetTimestamp();
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    JobLog.RenewFailed(log, e, name);
                    // Another node may claim the job as soon as the claim has run out.
                    if (time.GetElapsedTime(renewedAt) >= _lease) break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        JobLog.ClaimLost(log, name);
        await claimLost.CancelAsync();
    }
}
