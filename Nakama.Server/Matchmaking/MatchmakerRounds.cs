using Nakama.Server.Metrics;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// One round: every ticket that still looks for opponents gets its turn, youngest first, since it is the oldest that are found
/// first, and those who are to play with each other are told. The gate is held for a moment at a time, so that others come and go meanwhile.
/// </summary>
internal sealed class MatchmakerRounds(
    Matchmaker matchmaker,
    MatchmakerHooks hooks,
    MatchmakerDelivery delivery,
    MatchmakerStatistics statistics,
    MatchmakerOptions options,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<MatchmakerRounds> logger)
{
    /// <summary>More opponents of one ticket are not combined for game logic to choose among; each doubles the work.</summary>
    private const int MostToCombine = 12;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);

    /// <summary>Makes the matches of one interval and tells their players; none when another node owns the matching.</summary>
    /// <returns>How many matches were made.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!matchmaker.Owner.IsLocal) return 0;
        var startedAt = time.GetTimestamp();
        var round = Begin(startedAt);
        if (round.Active.Length == 0) return 0;
        var matches = hooks switch
        {
            { Processor: { } processor } => await ProcessAsync(processor, round, cancellationToken),
            { Override: { } chooser } => await ChooseAsync(chooser, round, cancellationToken),
            _ => await MatchAsync(round),
        };
        lock (matchmaker.Gate)
        {
            matchmaker.Active.RemoveAll(static ticket => !ticket.IsActive);
            matchmaker.Pool.PackWhenWorthIt();
        }

        await delivery.DeliverAsync(matches, cancellationToken);
        statistics.Completed(matches, time.GetUtcNow());
        var elapsed = time.GetElapsedTime(startedAt);
        metrics.MatchmakerRoundDone(elapsed);
        MatchmakerLog.RoundDone(logger, matches.Count, round.Active.Length, elapsed);
        return matches.Count;
    }

    private Round Begin(long startedAt)
    {
        lock (matchmaker.Gate)
        {
            matchmaker.Active.RemoveAll(static ticket => !ticket.IsActive);
            var pool = matchmaker.Pool;
            statistics.RoundBegan(pool.Count, matchmaker.Active.Count, pool.Oldest?.CreatedAt);
            return new([.. Enumerable.Reverse(matchmaker.Active)], new MatchFinder(pool, pool.Taken, options.RevPrecision), startedAt);
        }
    }

    private async ValueTask<List<MadeMatch>> MatchAsync(Round round)
    {
        var matches = new List<MadeMatch>();
        var patience = TimeSpan.FromSeconds((long)options.IntervalSec * options.RevThreshold);
        for (var next = 0; next < round.Active.Length;)
        {
            lock (matchmaker.Gate)
            {
                var turnAt = time.GetTimestamp();
                do
                {
                    var isStillMutual = patience == TimeSpan.Zero || time.GetElapsedTime(round.StartedAt) < patience;
                    if (Find(round, round.Active[next++], isStillMutual) is { } match) matches.Add(match);
                }
                while (next < round.Active.Length && time.GetElapsedTime(turnAt) < Turn);
                matchmaker.Pool.PackWhenWorthIt();
            }

            await Task.Yield();
        }

        return matches;
    }

    private MadeMatch? Find(Round round, MatchmakerTicket seeker, bool isStillMutual)
    {
        if (seeker.Row < 0) return null;
        var isLast = Count(seeker);
        try
        {
            if (round.Finder.Find(seeker, isLast, isStillMutual) is not { } found) return null;
            foreach (var ticket in found) matchmaker.Take(ticket);
            return MadeMatch.Of(found);
        }
        catch (SearchQueryException e)
        {
            MatchmakerLog.CannotSearch(logger, seeker.Id, e.Message);
            return null;
        }
    }

    /// <summary>Counts a round for a ticket; true when it is the last one in which it looks for opponents.</summary>
    private bool Count(MatchmakerTicket ticket)
    {
        ticket.Intervals++;
        var isLast = ticket.Intervals >= options.MaxIntervals || ticket.Criteria.MinCount == ticket.Criteria.MaxCount;
        if (isLast) ticket.IsActive = false;
        return isLast;
    }

    private async ValueTask<List<MadeMatch>> ProcessAsync(MatchmakerProcessorHook processor, Round round, CancellationToken cancellationToken)
    {
        List<MatchmakerEntry> entries;
        lock (matchmaker.Gate)
        {
            foreach (var ticket in round.Active) ticket.Intervals++;
            entries = [.. matchmaker.Pool.Tickets.SelectMany(static ticket => ticket.Presences, static (ticket, presence) => new MatchmakerEntry(ticket, presence))];
        }

        return await TakeAsync("processor", () => processor(entries, cancellationToken));
    }

    private async ValueTask<List<MadeMatch>> ChooseAsync(MatchmakerOverrideHook chooser, Round round, CancellationToken cancellationToken)
    {
        var candidates = new List<IReadOnlyList<MatchmakerEntry>>();
        lock (matchmaker.Gate)
        {
            foreach (var ticket in round.Active)
            {
                if (ticket.Row >= 0) Count(ticket);
            }
        }

        foreach (var seeker in round.Active)
        {
            lock (matchmaker.Gate)
            {
                if (seeker.Row < 0) continue;
                try
                {
                    var hits = round.Finder.List(seeker, MostToCombine);
                    foreach (var tickets in Combinations.Of(seeker, hits, options, round.Finder)) candidates.Add(MadeMatch.Of(tickets).Entries);
                }
                catch (SearchQueryException e)
                {
                    MatchmakerLog.CannotSearch(logger, seeker.Id, e.Message);
                }
            }

            await Task.Yield();
        }

        return candidates.Count == 0 ? [] : await TakeAsync("override", () => chooser(candidates, cancellationToken));
    }

    /// <summary>Takes the tickets of the matches that game logic wants out of the pool; a match with others is dropped.</summary>
    private async ValueTask<List<MadeMatch>> TakeAsync(string hook, Func<ValueTask<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>>> choose)
    {
        var matches = new List<MadeMatch>();
        try
        {
            foreach (var entries in await choose())
            {
                lock (matchmaker.Gate)
                {
                    var tickets = entries.Select(static entry => entry.Owner).Distinct().ToArray();
                    if (tickets.Length == 0) continue;
                    if (Array.Exists(tickets, static ticket => ticket.Row < 0))
                    {
                        MatchmakerLog.MatchDropped(logger, hook);
                        continue;
                    }

                    foreach (var ticket in tickets) matchmaker.Take(ticket);
                    matches.Add(new(entries));
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            MatchmakerLog.HookFailed(logger, e, hook);
        }

        return matches;
    }

    private sealed record Round(MatchmakerTicket[] Active, MatchFinder Finder, long StartedAt);
}
