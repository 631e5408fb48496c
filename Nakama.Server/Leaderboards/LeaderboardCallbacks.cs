using Nakama.Protocol.Api;

namespace Nakama.Server.Leaderboards;

/// <summary>A leaderboard begins a new period at <paramref name="reset"/>; the message describes the one that is over.</summary>
public delegate ValueTask LeaderboardReset(Nakama.Protocol.Api.Leaderboard leaderboard, long reset, CancellationToken cancellationToken);

/// <summary>
/// A tournament stops taking scores, or its records give way to the next round's. Times are seconds since the epoch, 0
/// when there is none; the message describes the round that is over.
/// </summary>
public delegate ValueTask TournamentTurn(Tournament tournament, long endActive, long nextReset, CancellationToken cancellationToken);

/// <summary>
/// What game logic wants to hear of leaderboards and tournaments. Filled before the listeners open and only read afterwards.
/// Failures are logged.
/// </summary>
public sealed class LeaderboardCallbacks
{
    public LeaderboardReset? LeaderboardReset { get; set; }

    public TournamentTurn? TournamentEnd { get; set; }

    public TournamentTurn? TournamentReset { get; set; }
}
