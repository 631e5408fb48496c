using Nakama.Server.Database;
using Nakama.Server.Leaderboards;
using Nakama.Server.Scheduling;
using Npgsql;

namespace Nakama.Server.Tournaments;

/// <summary>
/// Processes an end or a reset and calls game logic, unless another node on the same database does. Failures are logged;
/// while the database is unavailable the work is retried.
/// </summary>
internal sealed class ResetCallbacks(
    NpgsqlDataSource database, LeaderboardCallbacks callbacks, ResetClaims claims, ILogger<ResetCallbacks> log)
{
    private const int MostAttempts = 60;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Claims the turn for this node and applies it to the database. Returns the number of participants of the round that
    /// ended, 0 when they are not counted; null when this node has nothing to report.
    /// </summary>
    public async ValueTask<int?> TakeAsync(ResetTurn turn, CancellationToken cancellationToken)
    {
        if (!IsAnythingToDo(turn)) return null;
        try
        {
            return await TakePatientlyAsync(turn, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            TournamentLog.ResetFailed(log, e, turn.Board.Id);
            return null;
        }
    }

    /// <summary>Calls game logic for a claimed turn.</summary>
    public async ValueTask TellAsync(ResetTurn turn, int size, CancellationToken cancellationToken)
    {
        if (turn.IsEnd && callbacks.TournamentEnd is { } end) await TellAsync(end, turn, size, cancellationToken);
        if (turn.IsReset && turn.Board.IsTournament && callbacks.TournamentReset is { } reset) await TellAsync(reset, turn, size, cancellationToken);
        if (!turn.Board.IsTournament && callbacks.LeaderboardReset is { } tell) await TellAsync(tell, turn, cancellationToken);
    }

    private bool IsAnythingToDo(ResetTurn turn) => turn.Board.IsTournament
        ? (turn.IsEnd && callbacks.TournamentEnd is not null) || (turn.IsReset && (turn.Board.HasMaxSize || callbacks.TournamentReset is not null))
        : callbacks.LeaderboardReset is not null;

    private async ValueTask<int?> TakePatientlyAsync(ResetTurn turn, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.InTransactionAsync((connection, token) => TakeAsync(connection, turn, token), cancellationToken);
            }
            catch (Exception e) when (attempt < MostAttempts && DatabaseErrors.IsUnavailable(e))
            {
                if (attempt == 1) TournamentLog.ResetWaits(log, turn.Board.Id);
                // The database recovers in real time, regardless of the node's clock.
                await Task.Delay(BetweenAttempts, TimeProvider.System, cancellationToken);
            }
        }
    }

    private async ValueTask<int?> TakeAsync(NpgsqlConnection connection, ResetTurn turn, CancellationToken cancellationToken)
    {
        if (!await claims.TakeAsync(connection, turn.Board.Id, turn.At, cancellationToken)) return null;
        if (!turn.Board.HasMaxSize) return 0;
        if (!turn.IsReset) return await TournamentStore.SizeAsync(connection, turn.Board.Id, cancellationToken);
        // After the last round there are no participants to count.
        var next = TournamentPeriod.At(turn.Board, turn.At).Expiry;
        var expiry = next > turn.At ? next : CronExpression.Never;
        return await TournamentStore.BeginRoundAsync(connection, turn.Board.Id, expiry, cancellationToken);
    }

    private async ValueTask TellAsync(LeaderboardReset tell, ResetTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            await tell(LeaderboardMapper.ToMessage(turn.Board, turn.At - 1), turn.At, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            TournamentLog.CallbackFailed(log, e, turn.Board.Id);
        }
    }

    private async ValueTask TellAsync(TournamentTurn tell, ResetTurn turn, int size, CancellationToken cancellationToken)
    {
        var finished = turn.At - 1;
        var period = TournamentPeriod.At(turn.Board, finished);
        var message = TournamentMapper.ToMessage(turn.Board, size, finished);
        // As on the reference server, whose callbacks omit these fields.
        message.JoinRequired = false;
        if (turn.Board.HasMaxSize) message.Authoritative = false;
        try
        {
            await tell(message, period.EndActive, period.Expiry, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            TournamentLog.CallbackFailed(log, e, turn.Board.Id);
        }
    }
}
