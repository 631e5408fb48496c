using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Nakama.Server.Leaderboards;
using Leaderboard = Nakama.Server.Leaderboards.Leaderboard;

namespace Nakama.Server.Tournaments;

/// <summary>Joins tournaments and submits, lists and deletes their records, for players and for game logic.</summary>
public sealed class TournamentRecords(
    LeaderboardDefinitions definitions, TournamentRecordStore store, RecordLists lists, RecordRanks ranks, TimeProvider time,
    ILogger<TournamentRecords> log)
{
    /// <summary>Joins the current or first round; does nothing when joining is not required or was already done.</summary>
    /// <exception cref="TournamentException">Not found, not active, or full.</exception>
    public async ValueTask JoinAsync(string id, Guid ownerId, string username, CancellationToken cancellationToken)
    {
        var tournament = await FindAsync(id, cancellationToken);
        if (!tournament.IsJoinRequired) return;
        var now = Now();
        var period = TournamentPeriod.At(tournament, now);
        if (period.EndActive <= now) throw new TournamentException(TournamentErrorReason.NotActive);
        var change = await store.JoinAsync(tournament, period.Expiry, ownerId, username, cancellationToken);
        if (change > 0) ranks.Joined(tournament, period.Expiry, ownerId, change);
    }

    /// <summary>Submits a score. The operator is the requested one, or the tournament's own.</summary>
    /// <param name="isAuthoritative">Whether the server submits the score.</param>
    /// <exception cref="TournamentException">For any of its reasons.</exception>
    public async ValueTask<LeaderboardRecord> WriteAsync(
        string id, RecordWrite write, Operator requested, bool isAuthoritative, CancellationToken cancellationToken)
    {
        var board = await definitions.FindAsync(id, cancellationToken) ?? throw new TournamentException(TournamentErrorReason.NotFound);
        var now = Now();
        if (board.EndTime > 0 && board.EndTime <= now) throw new TournamentException(TournamentErrorReason.Ended);
        // The reference server detects a leaderboard only after these checks and has no specific error for it.
        if (!board.IsTournament) throw TournamentErrors.WriteFailed;
        if (board.IsAuthoritative && !isAuthoritative) throw new TournamentException(TournamentErrorReason.Authoritative);
        var period = TournamentPeriod.At(board, now);
        if (now < period.StartActive || now >= period.EndActive) throw new TournamentException(TournamentErrorReason.NotActive);
        var @operator = LeaderboardTerms.Choose(requested, board.Operator) ?? throw TournamentErrors.WriteFailed;

        var (row, change) = await store.WriteAsync(board, period.Expiry, write with { Operator = @operator }, cancellationToken);
        return row.ToMessage(board.Id, period.Expiry, ranks.Written(board, period.Expiry, row, change));
    }

    /// <summary>Deletes the owner's record of the current round, if it exists, and frees its place.</summary>
    /// <exception cref="TournamentException">Not found, or authoritative and not on behalf of the server.</exception>
    public async ValueTask DeleteAsync(string id, Guid ownerId, bool isAuthoritative, CancellationToken cancellationToken)
    {
        var tournament = await FindAsync(id, cancellationToken);
        if (tournament.IsAuthoritative && !isAuthoritative) throw new TournamentException(TournamentErrorReason.Authoritative);
        var expiry = TournamentPeriod.At(tournament, Now()).Expiry;
        var change = await store.DeleteAsync(tournament, expiry, ownerId, cancellationToken);
        ranks.Deleted(tournament.Id, expiry, ownerId, change);
    }

    /// <summary>
    /// Adds attempts for an owner in the current round, or removes them with a negative count. Does nothing when there is no
    /// record or fewer than one attempt would be left.
    /// </summary>
    /// <exception cref="TournamentException">Not found, or the round is over.</exception>
    public async ValueTask AddAttemptsAsync(string id, Guid ownerId, int count, CancellationToken cancellationToken)
    {
        var tournament = await FindAsync(id, cancellationToken);
        var now = Now();
        var period = TournamentPeriod.At(tournament, now);
        if (period.EndActive <= now) throw new TournamentException(TournamentErrorReason.NotActive);
        try
        {
            await store.AddAttemptsAsync(tournament.Id, period.Expiry, ownerId, count, cancellationToken);
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            DatabaseLog.StatementFailed(log, e, "Adding attempts");
        }
    }

    /// <summary>A page of records and those of some owners; see <see cref="RecordLists.ListAsync"/>.</summary>
    /// <param name="expiry">The round's expiry; 0 for the current one.</param>
    /// <exception cref="TournamentException">Not found, or ended and no round was requested.</exception>
    public async ValueTask<RecordPage> ListAsync(
        string id, Guid[] ownerIds, int? limit, string cursor, long expiry, CancellationToken cancellationToken)
    {
        var tournament = await FindAsync(id, cancellationToken);
        var now = Now();
        if (expiry == 0 && tournament.EndTime > 0 && tournament.EndTime <= now) throw new TournamentException(TournamentErrorReason.Ended);
        return RecordPeriod.ExpiryOf(tournament, expiry, now) is { } of
            ? await lists.ListAsync(tournament, of, ownerIds, limit, cursor, cancellationToken)
            : RecordPage.Empty;
    }

    /// <summary>The owner's record with its neighbours, or the page of a cursor that such a list returned.</summary>
    /// <param name="expiry">The round's expiry; 0 for the current one.</param>
    /// <exception cref="TournamentException">Not found.</exception>
    public async ValueTask<RecordPage> AroundAsync(
        string id, Guid ownerId, int limit, string cursor, long expiry, CancellationToken cancellationToken)
    {
        var tournament = await FindAsync(id, cancellationToken);
        return RecordPeriod.ExpiryOf(tournament, expiry, Now()) is { } of
            ? await lists.AroundAsync(tournament, of, ownerId, limit, cursor, cancellationToken)
            : RecordPage.Empty;
    }

    private async ValueTask<Leaderboard> FindAsync(string id, CancellationToken cancellationToken) =>
        await definitions.FindAsync(id, cancellationToken) is { IsTournament: true } tournament
            ? tournament
            : throw new TournamentException(TournamentErrorReason.NotFound);

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
