namespace Nakama.Server.Leaderboards;

/// <summary>A score to submit.</summary>
/// <param name="OwnerId">Whose record it is.</param>
/// <param name="Username">Kept with the record; empty leaves the one that is there.</param>
/// <param name="Metadata">The text of a JSON object; empty leaves the one that is there.</param>
/// <param name="Operator">What to do to the score before.</param>
public readonly record struct RecordWrite(
    Guid OwnerId, string Username, long Score, long Subscore, string Metadata, LeaderboardOperator Operator);
