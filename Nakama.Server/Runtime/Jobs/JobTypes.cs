namespace Nakama.Server.Runtime.Jobs;

/// <summary>How a run of a job has ended.</summary>
public enum JobOutcome : short
{
    Succeeded = 1,

    /// <summary>The function threw, or took too long.</summary>
    Failed = 2,

    /// <summary>The nodes on which it ran were lost, as often as it was attempted.</summary>
    Lost = 3,
}

/// <summary>The last run of a job that has ended.</summary>
/// <param name="DueAt">The instant of the schedule, or of the request.</param>
/// <param name="StartedAt">When the function was called.</param>
/// <param name="DurationMs">How long it took, in ms.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why it failed; empty when it did not.</param>
/// <param name="Node">The node on which it ran.</param>
public sealed record JobResult(DateTime DueAt, DateTime StartedAt, long DurationMs, JobOutcome Outcome, string Error, string Node);

/// <summary>A job as the cluster knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schedule">Its cron expression.</param>
/// <param name="NextAt">When it is due; null when its schedule has ended.</param>
/// <param name="IsRequested">Whether game logic has asked for a run that has not begun.</param>
/// <param name="IsClaimed">Whether a run has begun and not ended.</param>
/// <param name="IsRunning">Whether a node runs it now; false when the node of a claimed run is lost.</param>
/// <param name="RunCount">How many runs have ended.</param>
/// <param name="FailureCount">How many of them did not succeed.</param>
/// <param name="Last">The last run that has ended; null when there is none.</param>
public sealed record JobState(
    string Name, string Schedule, DateTime? NextAt, bool IsRequested, bool IsClaimed, bool IsRunning, long RunCount, long FailureCount, JobResult? Last);

/// <summary>A run that this node has claimed.</summary>
/// <param name="Number">The number of the claim, which no later one has.</param>
/// <param name="Attempt">From 1; more when the nodes of earlier attempts were lost.</param>
/// <param name="DueAt">The instant of the schedule, or of the request.</param>
/// <param name="IsRequested">Whether game logic has asked for it.</param>
internal readonly record struct JobClaim(long Number, int Attempt, DateTime DueAt, bool IsRequested);
