using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Leaderboards.Ranks;
using Nakama.Server.Scheduling;
using Leaderboard = Nakama.Server.Leaderboards.Leaderboard;

namespace Nakama.Server.Tournaments;

/// <summary>Creates, finds, lists and deletes tournaments.</summary>
public sealed class TournamentDefinitions(
    TournamentStore store, LeaderboardDefinitions definitions, LeaderboardRegistry registry, RankCache ranks, TimeProvider time)
{
    private const int MaxCategory = 127;

    /// <summary>Creates a tournament; returns false and changes nothing when one with that id exists.</summary>
    /// <exception cref="ApiException">The request is invalid, or the id belongs to a leaderboard.</exception>
    public async ValueTask<bool> CreateAsync(TournamentRequest draft, CancellationToken cancellationToken)
    {
        Check(draft);
        if (await definitions.FindAsync(draft.Id, cancellationToken) is { } present)
            return present.IsTournament ? false : throw TournamentErrors.IdTaken;

        var made = await store.InsertAsync(draft, cancellationToken);
        if (made is not null)
        {
            // A concurrent request may have found it in the database and added it to the registry already.
            registry.TryAdd(made, out _);
            definitions.OnChanged(made.Id);
            return true;
        }

        if (await definitions.FindAsync(draft.Id, cancellationToken) is { IsTournament: false }) throw TournamentErrors.IdTaken;
        return false;
    }

    /// <summary>Deletes a tournament with all its records, if it exists.</summary>
    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(id, cancellationToken);
        if (registry.Find(id) is not { IsTournament: true }) return;
        registry.Remove(id);
        ranks.Drop(id);
        definitions.OnChanged(id);
    }

    /// <summary>Permanently disables the ranks of a tournament.</summary>
    /// <exception cref="TournamentException">Not found.</exception>
    public async ValueTask DisableRanksAsync(string id, CancellationToken cancellationToken)
    {
        if (await definitions.FindAsync(id, cancellationToken) is not { IsTournament: true } tournament)
            throw new TournamentException(TournamentErrorReason.NotFound);
        await definitions.DisableRanksAsync(tournament, cancellationToken);
    }

    /// <summary>
    /// Returns the tournaments with the given ids, those without a size limit first. As on the reference server, these do not
    /// report whether joining is required, and those with a limit do not report whether they are authoritative.
    /// </summary>
    public async ValueTask<List<Tournament>> GetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<Leaderboard>(ids.Count);
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await definitions.FindAsync(id, cancellationToken) is { IsTournament: true } tournament) found.Add(tournament);
        }

        var messages = await ToMessagesAsync([.. found.Where(static t => !t.HasMaxSize), .. found.Where(static t => t.HasMaxSize)], cancellationToken);
        foreach (var message in messages)
        {
            message.JoinRequired = false;
            if (message.MaxSize != Leaderboard.Unlimited) message.Authoritative = false;
        }

        return messages;
    }

    /// <summary>Returns a page of tournaments by start, end, category and id.</summary>
    /// <exception cref="ApiException">The cursor is invalid.</exception>
    public async ValueTask<TournamentList> ListAsync(TournamentFilter filter, int limit, string cursor, CancellationToken cancellationToken)
    {
        var last = "";
        if (cursor.Length > 0 && !TournamentCursor.TryParse(cursor, out last)) throw TournamentErrors.ListCursor;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var page = new List<Leaderboard>(limit);
        var (isReached, hasMore) = (cursor.Length == 0, false);
        foreach (var tournament in registry.Tournaments)
        {
            if (!isReached)
            {
                isReached = tournament.Id == last;
                continue;
            }

            if (!filter.Takes(tournament, now)) continue;
            if (page.Count == limit)
            {
                hasMore = true;
                break;
            }

            page.Add(tournament);
        }

        return new()
        {
            Tournaments = { await ToMessagesAsync(page, cancellationToken) },
            Cursor = hasMore ? TournamentCursor.Of(page[^1].Id) : "",
        };
    }

    private void Check(TournamentRequest draft)
    {
        if (draft.Id.Length == 0) throw TournamentErrors.PendingClause("tournament id must be set");
        if (!JsonbText.IsObject(draft.Metadata)) throw TournamentErrors.PendingClause("metadata must be a JSON object");
        if (draft.Category is < 0 or > MaxCategory) throw TournamentErrors.PendingClause("category must be 0-127");
        if (draft.Duration <= 0) throw TournamentErrors.PendingClause("duration must be > 0");
        if (draft.StartTime < 0) throw TournamentErrors.PendingClause("startTime must be >= 0.");
        if (draft.EndTime < 0 || (draft.EndTime > 0 && draft.EndTime < draft.StartTime))
            throw TournamentErrors.PendingClause("endTime must be > startTime. Use 0 to indicate a tournament that never ends.");
        if (draft.MaxSize < 0) throw TournamentErrors.PendingClause("maxSize must be >= 0");
        if (draft.MaxNumScore < 0) throw TournamentErrors.PendingClause("maxNumScore must be >= 0");
        if (!RecordTime.IsPossible(draft.StartTime) || !RecordTime.IsPossible(draft.EndTime))
            throw TournamentErrors.PendingClause("startTime and endTime must be times");
        if (draft.ResetSchedule.Length == 0) return;
        if (!CronExpression.TryParse(draft.ResetSchedule, out var schedule)) throw LeaderboardErrors.Schedule;
        var start = draft.StartTime == 0 ? time.GetUtcNow().ToUnixTimeSeconds() : draft.StartTime;
        if (draft.EndTime > 0 && draft.EndTime <= schedule.Next(start)) throw TournamentErrors.EndBeforeReset;
    }

    private async ValueTask<List<Tournament>> ToMessagesAsync(List<Leaderboard> tournaments, CancellationToken cancellationToken)
    {
        var counted = tournaments.Where(static t => t.HasMaxSize).Select(static t => t.Id).ToArray();
        var sizes = counted.Length == 0 ? null : await store.SizesAsync(counted, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return tournaments.ConvertAll(t => TournamentMapper.ToMessage(t, sizes?.GetValueOrDefault(t.Id) ?? 0, now));
    }
}
