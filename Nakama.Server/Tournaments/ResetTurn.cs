using Nakama.Server.Leaderboards;

namespace Nakama.Server.Tournaments;

/// <summary>Something that a leaderboard or tournament does at an instant.</summary>
/// <param name="Board">What it is.</param>
/// <param name="At">When, in seconds since the epoch.</param>
/// <param name="IsEnd">A tournament stops taking scores.</param>
/// <param name="IsReset">A period gives way to the next.</param>
internal readonly record struct ResetTurn(Leaderboard Board, long At, bool IsEnd, bool IsReset);
