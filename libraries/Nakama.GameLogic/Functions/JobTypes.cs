namespace Nakama.GameLogic.Functions;

/// <summary>How a run of a job has ended.</summary>
public enum JobOutcome
{
    Succeeded = 1,

    /// <summary>The function has thrown, or took too long.</summary>
    Failed = 2,

    /// <summary>The nodes on which it ran were lost, as often as it was attempted.</summary>
    Lost = 3,
}

/// <summary>The last run of a job that has ended.</summary>
/// <param name="DueAt">The instant of the schedule or of the request.</param>
/// <param name="StartedAt">When the function was called.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why it failed; empty when it did not.</param>
/// <param name="Node">The node on which it ran.</param>
public sealed record JobResult(DateTimeOffset DueAt, DateTimeOffset StartedAt, TimeSpan Duration, JobOutcome Outcome, string Error, string Node);

/// <summary>A scheduled job as the cluster knows it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Schedule">The cron expression.</param>
/// <param name="NextAt">When it is due; null when the schedule has ended.</param>
/// <param name="IsRequested">Whether game logic has asked for a run that has not begun.</param>
/// <param name="IsRunning">Whether a node runs it now.</param>
/// <param name="RunCount">How many runs have ended.</param>
/// <param name="FailureCount">How many of them did not succeed.</param>
/// <param name="Last">The last run that has ended; null when there is none.</param>
public sealed record JobStatus(
    string Name, string Schedule, DateTimeOffset? NextAt, bool IsRequested, bool IsRunning, long RunCount, long FailureCount, JobResult? Last);
