using Nakama.Protocol.Api;

namespace Nakama.Server.Leaderboards;

/// <summary>Called when a new period begins at <paramref name="reset"/>; the message describes the period that ended.</summary>
public delegate ValueTask LeaderboardReset(Nakama.Protocol.Api.Leaderboard leaderboard, long reset, CancellationToken cancellationToken);

/// <summary>
/// Called when a tournament stops accepting scores, or when the next round's records replace its current ones. Times are
/// seconds since the epoch, 0 when not set; the message describes the round that ended.
/// </summary>
public delegate ValueTask TournamentTurn(Tournament tournament, long endActive, long nextReset, CancellationToken cancellationToken);

/// <summary>
/// The leaderboard and tournament callbacks of game logic. Filled before the listeners open and only read afterwards.
/// Failures are logged.
/// </summary>
public sealed class LeaderboardCallbacks
{
    public LeaderboardReset? LeaderboardReset { get; set; }

    public TournamentTurn? TournamentEnd { get; set; }

    public TournamentTurn? TournamentReset { get; set; }
}
