using Nakama.Server.Runtime.Jobs;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The jobs that modules have registered.</summary>
internal sealed class JobFunctions(JobScheduler scheduler) : IFunctionModule
{
    private const string Failure = "failed to read jobs";

    public string Name => "Jobs";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("jobs_list", "The registered jobs by name: `{name, schedule, next_time?, is_running, is_requested, run_count, failure_count, last_run?}`, where `last_run` is `{due_time, start_time, duration_ms, outcome, error?, node}`, and `outcome` one of `succeeded`, `failed`, `lost`.")
            .Returns("jobs").Does(ListAsync);
        functions.Function("job_get", "One job as `jobs_list` shows it, or nothing.")
            .Text("name", "expects job name").Returns("job").Does(GetAsync);
        functions.Function("job_run", "Runs a job as soon as possible, on any node of the cluster, whatever its schedule; returns before it has begun.")
            .Text("name", "expects job name").Does(RequestAsync);
    }

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken) =>
        ScriptValue.Of((await scheduler.ListAsync(cancellationToken).OrFaultAsync(Failure)).ConvertAll(Of));

    private async ValueTask<ScriptValue> GetAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var jobs = await scheduler.ListAsync(cancellationToken).OrFaultAsync(Failure);
        return jobs.Find(job => job.Name == call.Text(0)) is { } found ? Of(found) : default;
    }

    private async ValueTask<ScriptValue> RequestAsync(FunctionCall call, CancellationToken cancellationToken) =>
        await scheduler.RequestAsync(call.Text(0), cancellationToken).OrFaultAsync("failed to run job")
            ? default
            : throw new FunctionException("failed to run job: job not found");

    private static ScriptValue Of(JobState job) => ScriptValue.Of(ScriptRecord.Showing(job, static (source, _) => Show((JobState)source)));

    private static ScriptRecord Show(JobState job)
    {
        var record = new ScriptRecord(8).Add("name", job.Name).Add("schedule", job.Schedule);
        if (job.NextAt is { } next) record.Add("next_time", SecondsOf(next));
        record.Add("is_running", job.IsRunning).Add("is_requested", job.IsRequested)
            .Add("run_count", job.RunCount).Add("failure_count", job.FailureCount);
        if (job.Last is { } last) record.Add("last_run", Of(last));
        return record;
    }

    private static ScriptRecord Of(JobResult run) => new ScriptRecord(6)
        .Add("due_time", SecondsOf(run.DueAt))
        .Add("start_time", SecondsOf(run.StartedAt))
        .Add("duration_ms", run.DurationMs)
        .Add("outcome", run.Outcome switch { JobOutcome.Succeeded => "succeeded", JobOutcome.Failed => "failed", _ => "lost" })
        .AddIfSet("error", run.Error)
        .Add("node", run.Node);

    private static double SecondsOf(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();
}
