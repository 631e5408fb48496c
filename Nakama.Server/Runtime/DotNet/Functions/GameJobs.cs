using Nakama.GameLogic.Functions;
using Nakama.Server.Runtime.Jobs;
using JobOutcome = Nakama.GameLogic.Functions.JobOutcome;
using JobResult = Nakama.GameLogic.Functions.JobResult;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IJobs"/>
internal sealed class GameJobs(GameFunctionCaller caller) : GameFunctionGroup(caller), IJobs
{
    public async Task<IReadOnlyList<JobStatus>> ListAsync(CancellationToken cancellationToken) =>
        [.. List<JobState>(await CallAsync("jobs_list", [], cancellationToken)).Select(Of)];

    public async Task<JobStatus?> GetAsync(string name, CancellationToken cancellationToken) =>
        SourceOrNull<JobState>(await CallAsync("job_get", [Text(name)], cancellationToken)) is { } job ? Of(job) : null;

    public Task RunAsync(string name, CancellationToken cancellationToken) => CallAsync("job_run", [Text(name)], cancellationToken);

    private static JobStatus Of(JobState job) => new(
        job.Name, job.Schedule, job.NextAt is { } next ? new DateTimeOffset(next) : null, job.IsRequested, job.IsRunning, job.RunCount, job.FailureCount,
        job.Last is { } last
            ? new JobResult(last.DueAt, last.StartedAt, TimeSpan.FromMilliseconds(last.DurationMs), (JobOutcome)last.Outcome, last.Error, last.Node)
            : null);
}
