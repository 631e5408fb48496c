namespace Nakama.Server.Runtime.Jobs;

/// <summary>Runs a job. An exception is recorded as the failure of the run.</summary>
public delegate ValueTask JobFunction(JobRun run, CancellationToken cancellationToken);
