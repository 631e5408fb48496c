using Nakama.Server.Leaderboards;

namespace Nakama.Server.Tournaments;

/// <summary>An end or a reset of a leaderboard or tournament at an instant.</summary>
/// <param name="Board">The leaderboard or tournament.</param>
/// <param name="At">The instant, in seconds since the epoch.</param>
/// <param name="IsEnd">Whether a tournament stops accepting scores.</param>
/// <param name="IsReset">Whether a new period begins.</param>
internal readonly record struct ResetTurn(Leaderboard Board, long At, bool IsEnd, bool IsReset);
