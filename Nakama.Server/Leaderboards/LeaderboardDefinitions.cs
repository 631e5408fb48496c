using Nakama.Protocol.Api;
using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards.Ranks;
using Nakama.Server.Scheduling;

namespace Nakama.Server.Leaderboards;

/// <summary>Creates, finds and deletes leaderboards on behalf of game logic.</summary>
public sealed class LeaderboardDefinitions : IDroppedDataListener
{
    // The database counts a character outside the basic multilingual plane as one, .NET as two.
    private const int MaxIdLength = 2 * 128;

    private readonly LeaderboardStore _store;
    private readonly LeaderboardRegistry _registry;
    private readonly RankCache _ranks;
    private readonly RankLoader _loader;
    private readonly TimeProvider _time;

    internal LeaderboardDefinitions(LeaderboardStore store, LeaderboardRegistry registry, RankCache ranks, RankLoader loader, TimeProvider time) =>
        (_store, _registry, _ranks, _loader, _time) = (store, registry, ranks, loader, time);

    /// <summary>Raised when a leaderboard or tournament was created, changed or deleted through this node.</summary>
    internal event Action<string>? Changed;

    /// <summary>Creates a leaderboard; returns false and changes nothing when a leaderboard or tournament has the id.</summary>
    /// <exception cref="ApiException">The request is invalid.</exception>
    public async ValueTask<bool> CreateAsync(LeaderboardRequest draft, CancellationToken cancellationToken)
    {
        if (draft.Id.Length == 0 || !JsonbText.IsObject(draft.Metadata)) throw LeaderboardErrors.PendingClause;
        if (draft.ResetSchedule.Length > 0 && !CronExpression.TryParse(draft.ResetSchedule, out _)) throw LeaderboardErrors.Schedule;
        if (_registry.Find(draft.Id) is not null) return false;

        var made = await _store.InsertAsync(draft, cancellationToken);
        if (made is not null)
        {
            // A concurrent request may have found it in the database and added it to the registry already.
            _registry.TryAdd(made, out _);
            OnChanged(made.Id);
            return true;
        }

        await FindAsync(draft.Id, cancellationToken);
        return false;
    }

    /// <summary>
    /// Returns a leaderboard or tournament, or null. One that is not in memory may have been created by another node, so the
    /// database is queried.
    /// </summary>
    public ValueTask<Leaderboard?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (_registry.Find(id) is { } present) return ValueTask.FromResult<Leaderboard?>(present);
        return MayExist(id) ? LoadAsync(id, cancellationToken) : default;
    }

    /// <summary>Same as <see cref="FindAsync"/>, with or without tournaments.</summary>
    /// <exception cref="ApiException">Not found; the text is for game logic.</exception>
    public async ValueTask<Leaderboard> RequireAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw LeaderboardErrors.Unknown;

    /// <summary>Deletes a leaderboard or tournament with all its records, if it exists.</summary>
    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await _store.DeleteAsync(id, cancellationToken);
        _registry.Remove(id);
        _ranks.Drop(id);
        OnChanged(id);
    }

    /// <summary>Permanently disables the ranks of a leaderboard.</summary>
    /// <exception cref="ApiException">Not found, or it is a tournament.</exception>
    public async ValueTask DisableRanksAsync(string id, CancellationToken cancellationToken)
    {
        var board = await RequireAsync(id, cancellationToken);
        if (board.IsTournament) throw LeaderboardErrors.Unknown;
        await DisableRanksAsync(board, cancellationToken);
    }

    /// <summary>Returns the leaderboards with the given ids, in the order of the ids.</summary>
    public async ValueTask<List<Nakama.Protocol.Api.Leaderboard>> GetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var found = new List<Nakama.Protocol.Api.Leaderboard>(ids.Count);
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await FindAsync(id, cancellationToken) is { IsTournament: false } board) found.Add(LeaderboardMapper.ToMessage(board, now));
        }

        return found;
    }

    /// <summary>Returns a page of leaderboards in order of creation.</summary>
    /// <exception cref="ApiException">The cursor is invalid.</exception>
    public LeaderboardList List(int limit, string cursor)
    {
        var from = default(DefinitionCursor);
        if (cursor.Length > 0 && !DefinitionCursor.TryParse(cursor, out from)) throw LeaderboardErrors.ListCursor;
        var all = _registry.Leaderboards;
        var at = cursor.Length == 0 ? 0 : from.PlaceAfter(all);
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var page = new LeaderboardList();
        for (; at < all.Count && page.Leaderboards.Count < limit; at++) page.Leaderboards.Add(LeaderboardMapper.ToMessage(all[at], now));
        if (at < all.Count && at > 0) page.Cursor = new DefinitionCursor(all[at - 1].CreatedAt, all[at - 1].Id).ToString();
        return page;
    }

    /// <summary>Records outlive the accounts of their owners, as on the reference server.</summary>
    void IDroppedDataListener.Drop(DroppedData data)
    {
        if (data != DroppedData.Everything) return;
        foreach (var board in _registry.All)
        {
            _registry.Remove(board.Id);
            _ranks.Drop(board.Id);
        }
    }

    internal async ValueTask DisableRanksAsync(Leaderboard board, CancellationToken cancellationToken)
    {
        await _store.DisableRanksAsync(board.Id, cancellationToken);
        _registry.Replace(board with { AreRanksEnabled = false });
        _ranks.Drop(board.Id);
        OnChanged(board.Id);
    }

    /// <summary>Notifies other nodes of a change.</summary>
    internal void OnChanged(string id) => Changed?.Invoke(id);

    /// <summary>Whether the database could contain the id.</summary>
    private static bool MayExist(string id) => id.Length is > 0 and <= MaxIdLength && !id.Contains('\0');

    private async ValueTask<Leaderboard?> LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(id, cancellationToken) is not { } board) return null;
        // Another node created it and may have written records already, so their ranks are loaded before it is returned.
        if (_ranks.Keeps(board)) await _loader.FillAsync(board, cancellationToken);
        _registry.TryAdd(board, out var present);
        return present;
    }
}
