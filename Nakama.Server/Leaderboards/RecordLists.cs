using Nakama.Protocol.Api;
using Nakama.Server.Leaderboards.Ranks;

namespace Nakama.Server.Leaderboards;

/// <summary>Pages of records: from the top, around an owner, or of given owners. Also used for tournaments.</summary>
public sealed class RecordLists(RecordStore store, RankCache ranks)
{
    /// <summary>Lists records of a period.</summary>
    /// <param name="ownerIds">The owners whose records are returned in addition to the page.</param>
    /// <param name="limit">The length of the page; null for no page.</param>
    /// <param name="cursor">Empty for the first page.</param>
    /// <exception cref="Errors.ApiException">The cursor is invalid, or belongs to another leaderboard or period.</exception>
    public async ValueTask<RecordPage> ListAsync(
        Leaderboard board, long expiry, Guid[] ownerIds, int? limit, string cursor, CancellationToken cancellationToken)
    {
        RecordCursor? from = null;
        if (cursor.Length > 0 && (!RecordCursor.TryParse(cursor, out from) || from.LeaderboardId != board.Id || from.Expiry != expiry))
            throw LeaderboardErrors.Cursor;
        if (!RecordTime.IsPossible(expiry)) return RecordPage.Empty;

        var page = limit is { } count ? await PageAsync(board, expiry, from, count, cancellationToken) : RecordPage.Empty;
        if (ownerIds.Length == 0) return page;
        var rows = await store.OfOwnersAsync(board.Id, expiry, ownerIds, cancellationToken);
        rows.Sort(board.Sort == LeaderboardSort.Ascending ? Compare : static (a, b) => Compare(b, a));
        return new()
        {
            Records = page.Records,
            NextCursor = page.NextCursor,
            PrevCursor = page.PrevCursor,
            RankCount = ranks.CountOf(board.Id, expiry),
            OwnerRecords = rows.ConvertAll(row => row.ToMessage(board.Id, expiry, ranks.RankOf(board.Id, expiry, row.OwnerId))),
        };
    }

    /// <summary>
    /// The owner's record with its neighbours, <paramref name="limit"/> in total; empty when the owner has none. With a cursor
    /// of such a list, the page that it refers to.
    /// </summary>
    /// <exception cref="Errors.ApiException">The cursor is invalid, or belongs to another leaderboard or period.</exception>
    public async ValueTask<RecordPage> AroundAsync(
        Leaderboard board, long expiry, Guid ownerId, int limit, string cursor, CancellationToken cancellationToken)
    {
        if (cursor.Length > 0) return await ListAsync(board, expiry, [], limit, cursor, cancellationToken);
        if (!RecordTime.IsPossible(expiry)) return RecordPage.Empty;
        if (await store.FindAsync(board.Id, ownerId, expiry, cancellationToken) is not { } own) return RecordPage.Empty;
        var (above, below) = await store.AroundAsync(board.Id, expiry, PlaceOf(own), limit + 1, cancellationToken);
        if (board.Sort == LeaderboardSort.Ascending) (above, below) = (below, above);
        var window = RecordWindow.Around(own, above, below, limit);

        var records = new LeaderboardRecord[window.Rows.Count];
        for (var i = 0; i < records.Length; i++)
            records[i] = window.Rows[i].ToMessage(board.Id, expiry, ranks.RankOf(board.Id, expiry, window.Rows[i].OwnerId));
        return new()
        {
            Records = records,
            NextCursor = window.HasNext ? CursorAt(board, expiry, window.Rows[^1], records[^1].Rank, isNext: true) : "",
            PrevCursor = window.HasPrevious ? CursorAt(board, expiry, window.Rows[0], records[0].Rank, isNext: false) : "",
            RankCount = ranks.CountOf(board.Id, expiry),
        };
    }

    /// <summary>Returns a cursor for the page that begins at a rank; empty for the first.</summary>
    /// <exception cref="Errors.ApiException">There is no record at the preceding rank.</exception>
    public string CursorFromRank(Leaderboard board, long expiry, long rank)
    {
        if (rank == 1) return "";
        var before = ranks.At(board.Id, expiry, rank - 1) ?? throw LeaderboardErrors.RankNotFound;
        return new RecordCursor(true, board.Id, expiry, before.Score, before.Subscore, before.Owner, rank - 1).ToString();
    }

    private async ValueTask<RecordPage> PageAsync(
        Leaderboard board, long expiry, RecordCursor? from, int limit, CancellationToken cancellationToken)
    {
        var isNext = from?.IsNext ?? true;
        var isUp = isNext == (board.Sort == LeaderboardSort.Ascending);
        RecordStore.Place? place = from is null ? null : new(from.Score, from.Subscore, from.OwnerId);
        var rows = await store.PageAsync(board.Id, expiry, place, isUp, limit + 1, cancellationToken);
        var hasMore = rows.Count > limit;
        if (hasMore) rows.RemoveAt(limit);
        if (!isNext) rows.Reverse();

        var rank = isNext ? from?.Rank ?? 0 : from!.Rank - rows.Count - 1;
        var records = new LeaderboardRecord[rows.Count];
        for (var i = 0; i < records.Length; i++) records[i] = rows[i].ToMessage(board.Id, expiry, ++rank);

        // A page that was read with a cursor always has a cursor back to the previous position.
        var hasNext = records.Length > 0 && (hasMore || !isNext);
        var hasPrevious = records.Length > 0 && (isNext ? from is not null : hasMore);
        return new()
        {
            Records = records,
            NextCursor = hasNext ? CursorAt(board, expiry, rows[^1], rank, isNext: true) : "",
            PrevCursor = hasPrevious ? CursorAt(board, expiry, rows[0], records[0].Rank, isNext: false) : "",
            RankCount = ranks.CountOf(board.Id, expiry),
        };
    }

    private static string CursorAt(Leaderboard board, long expiry, in RecordRow row, long rank, bool isNext) =>
        new RecordCursor(isNext, board.Id, expiry, row.Score, row.Subscore, row.OwnerId, rank).ToString();

    private static RecordStore.Place PlaceOf(in RecordRow row) => new(row.Score, row.Subscore, row.OwnerId);

    private static int Compare(RecordRow a, RecordRow b)
    {
        var scores = a.Score.CompareTo(b.Score);
        if (scores != 0) return scores;
        var subscores = a.Subscore.CompareTo(b.Subscore);
        return subscores != 0 ? subscores : a.OwnerId.CompareTo(b.OwnerId);
    }
}
