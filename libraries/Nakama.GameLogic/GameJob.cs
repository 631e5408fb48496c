namespace Nakama.GameLogic;

/// <summary>A run of a scheduled job.</summary>
/// <param name="Name">The name of the job in the cluster.</param>
/// <param name="Schedule">The cron expression of the job.</param>
/// <param name="DueAt">The instant of the schedule; in the past when the run was missed.</param>
/// <param name="IsRequested">Whether game logic has asked for the run.</param>
/// <param name="Attempt">1, or more when the node of an earlier attempt was lost while the job ran.</param>
public sealed record GameJob(string Name, string Schedule, DateTimeOffset DueAt, bool IsRequested, int Attempt);
