using Nakama.Server.Leaderboards;
using Nakama.Server.Scheduling;

namespace Nakama.Server.Tournaments;

/// <summary>Does what an end or a reset asks for, and tells game logic. Failures are logged.</summary>
internal sealed class ResetCallbacks(LeaderboardCallbacks callbacks, TournamentStore store, ILogger<ResetCallbacks> log)
{
    public async ValueTask RunAsync(ResetTurn turn, CancellationToken cancellationToken)
    {
        if (turn.IsEnd) await RunAsync(EndAsync, turn, cancellationToken);
        if (turn.IsReset) await RunAsync(turn.Board.IsTournament ? BeginRoundAsync : ResetAsync, turn, cancellationToken);
    }

    private async ValueTask RunAsync(
        Func<ResetTurn, CancellationToken, ValueTask> work, ResetTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            await work(turn, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            TournamentLog.CallbackFailed(log, e, turn.Board.Id);
        }
    }

    private async ValueTask ResetAsync(ResetTurn turn, CancellationToken cancellationToken)
    {
        if (callbacks.LeaderboardReset is { } tell)
            await tell(LeaderboardForm.ToMessage(turn.Board, turn.At - 1), turn.At, cancellationToken);
    }

    private async ValueTask EndAsync(ResetTurn turn, CancellationToken cancellationToken)
    {
        if (callbacks.TournamentEnd is not { } tell) return;
        var size = 0;
        if (turn.Board.HasMaxSize)
        {
            var sizes = await store.SizesAsync([turn.Board.Id], cancellationToken);
            if (!sizes.TryGetValue(turn.Board.Id, out size)) return;
        }

        await TellAsync(tell, turn, size, cancellationToken);
    }

    private async ValueTask BeginRoundAsync(ResetTurn turn, CancellationToken cancellationToken)
    {
        var size = 0;
        if (turn.Board.HasMaxSize)
        {
            // After the last round there is nobody to count.
            var next = TournamentPeriod.At(turn.Board, turn.At).Expiry;
            var expiry = next > turn.At ? next : CronExpression.Never;
            if (await store.BeginRoundAsync(turn.Board.Id, expiry, cancellationToken) is not { } before) return;
            size = before;
        }

        if (callbacks.TournamentReset is { } tell) await TellAsync(tell, turn, size, cancellationToken);
    }

    private static ValueTask TellAsync(TournamentTurn tell, ResetTurn turn, int size, CancellationToken cancellationToken)
    {
        var finished = turn.At - 1;
        var period = TournamentPeriod.At(turn.Board, finished);
        var message = TournamentForm.ToMessage(turn.Board, size, finished);
        // As on the reference server, where these do not say it.
        message.JoinRequired = false;
        if (turn.Board.HasMaxSize) message.Authoritative = false;
        return tell(message, period.EndActive, period.Expiry, cancellationToken);
    }
}
