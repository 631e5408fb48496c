namespace Nakama.Server.Runtime.Jobs;

/// <summary>One run of a job, as its function sees it.</summary>
/// <param name="Name">The job.</param>
/// <param name="Schedule">Its cron expression.</param>
/// <param name="DueSec">The instant of the schedule, in seconds since the epoch; in the past when the run was missed.</param>
/// <param name="IsRequested">Whether game logic has asked for the run.</param>
/// <param name="Attempt">
/// 1, or more when the node of an earlier attempt was lost while the function ran.
/// </param>
public sealed record JobRun(string Name, string Schedule, long DueSec, bool IsRequested, int Attempt);
