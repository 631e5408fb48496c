using Nakama.Server.Metrics;
using Nakama.Server.Search;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// One round: searches opponents for every active ticket and notifies the players of the matches. Seekers are processed
/// youngest first, because searches find the oldest tickets first. The round searches its own index without a lock; the
/// matchmaker's lock is held only to take the tickets of a match, all or none. One round runs at a time.
/// </summary>
internal sealed class MatchmakerInterval(
    Matchmaker matchmaker,
    MatchmakerHooks hooks,
    MatchmakerDelivery delivery,
    MatchmakerStatistics statistics,
    MatchmakerOptions options,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<MatchmakerInterval> logger)
{
    /// <summary>The maximum number of opponents per ticket that are combined for game logic; each one doubles the work.</summary>
    private const int MostToCombine = 12;

    /// <summary>
    /// The number of possible matches after which no further ticket adds some for game logic in one round; those that had no turn
    /// are the first of the next round.
    /// </summary>
    private const int MostCandidates = 10_000;

    /// <summary>The time after which the round yields to other work of the thread pool.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);

    private MatchmakerIndex _index = new();
    private int _nextSeeker;

    /// <summary>Makes the matches of one interval and notifies their players; none if another node owns the matching.</summary>
    /// <returns>The number of matches.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!matchmaker.Owner.IsLocal)
        {
            ForgetIndex();
            return 0;
        }

        if (!await matchmaker.MayMatchAsync(cancellationToken)) return 0;
        var startedAt = time.GetTimestamp();
        var round = Begin(startedAt);
        if (round.Active.Length == 0) return 0;
        var matches = hooks switch
        {
            { Processor: { } processor } => await ProcessAsync(processor, round, cancellationToken),
            { Override: { } chooser } => await ChooseAsync(chooser, round, cancellationToken),
            _ => await MatchAsync(round, cancellationToken),
        };
        await delivery.DeliverAsync(matches, cancellationToken);
        statistics.Completed(matches, time.GetUtcNow());
        var elapsed = time.GetElapsedTime(startedAt);
        metrics.MatchmakerRoundDone(elapsed);
        MatchmakerLog.RoundDone(logger, matches.Count, round.Active.Length, elapsed);
        return matches.Count;
    }

    private Round Begin(long startedAt)
    {
        List<MatchmakerTicket> added;
        lock (matchmaker.Gate) added = matchmaker.Pool.TakeAdded();
        _index.Update(added);
        statistics.RoundBegan(_index.Count, _index.Active.Count, _index.Oldest?.CreatedAt);
        return new([.. Enumerable.Reverse(_index.Active)], new CandidateSearch(_index, options.RevPrecision), startedAt);
    }

    /// <summary>Drops the index while another node makes the matches, so that tickets are not kept twice.</summary>
    private void ForgetIndex()
    {
        if (_index.Count == 0) return;
        _index = new();
        lock (matchmaker.Gate) matchmaker.Pool.StartAnew();
    }

    private async ValueTask<List<MadeMatch>> MatchAsync(Round round, CancellationToken cancellationToken)
    {
        var matches = new List<MadeMatch>();
        var patience = TimeSpan.FromSeconds((long)options.IntervalSec * options.RevThreshold);
        var turnAt = time.GetTimestamp();
        foreach (var seeker in round.Active)
        {
            var isStillMutual = patience == TimeSpan.Zero || time.GetElapsedTime(round.StartedAt) < patience;
            if (Find(round, seeker, isStillMutual) is { } match) matches.Add(match);
            _index.PackWhenWorthIt();
            if (time.GetElapsedTime(turnAt) < Turn) continue;
            // Players that are already matched are still notified before the node stops.
            if (cancellationToken.IsCancellationRequested) break;
            await Task.Yield();
            turnAt = time.GetTimestamp();
        }

        return matches;
    }

    private MadeMatch? Find(Round round, MatchmakerTicket seeker, bool isStillMutual)
    {
        if (!seeker.IsWaiting) return null;
        var isLast = Count(seeker);
        try
        {
            while (seeker.IsWaiting && round.Finder.Find(seeker, isLast, isStillMutual) is { } found)
            {
                if (TryTake(found)) return MadeMatch.Of(found);
            }
        }
        catch (SearchQueryException e)
        {
            MatchmakerLog.CannotSearch(logger, seeker.Id, e.Message);
        }

        return null;
    }

    /// <summary>False when one of the tickets was removed meanwhile; further searches do not return it.</summary>
    private bool TryTake(List<MatchmakerTicket> tickets)
    {
        if (!matchmaker.TryTake(tickets)) return false;
        foreach (var ticket in tickets) _index.Remove(ticket);
        return true;
    }

    /// <summary>Counts a round for a ticket; true when it is the last one in which the ticket is active.</summary>
    private bool Count(MatchmakerTicket ticket)
    {
        ticket.Intervals++;
        var isLast = ticket.Intervals >= options.MaxIntervals || ticket.Criteria.MinCount == ticket.Criteria.MaxCount;
        if (isLast) ticket.IsActive = false;
        return isLast;
    }

    private async ValueTask<List<MadeMatch>> ProcessAsync(MatchmakerProcessorHook processor, Round round, CancellationToken cancellationToken)
    {
        foreach (var ticket in round.Active) ticket.Intervals++;
        List<MatchmakerEntry> entries =
            [.. _index.ToList().SelectMany(static ticket => ticket.Presences, static (ticket, presence) => new MatchmakerEntry(ticket, presence))];
        return await TakeAsync("processor", () => processor(entries, cancellationToken));
    }

    private async ValueTask<List<MadeMatch>> ChooseAsync(MatchmakerOverrideHook chooser, Round round, CancellationToken cancellationToken)
    {
        // Game logic may leave tickets out, for reasons that change with time, so they stay active until they are matched.
        foreach (var ticket in round.Active)
        {
            if (ticket.IsWaiting) ticket.Intervals++;
        }

        var candidates = new List<IReadOnlyList<MatchmakerEntry>>();
        var seekers = round.Active;
        var first = _nextSeeker % seekers.Length;
        _nextSeeker = 0;
        for (var i = 0; i < seekers.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = (first + i) % seekers.Length;
            if (candidates.Count >= MostCandidates)
            {
                // The next interval begins where this one had no room left.
                MatchmakerLog.TooManyCandidates(logger, MostCandidates, seekers.Length - i);
                _nextSeeker = at;
                break;
            }

            if (seekers[at].IsWaiting) AddCandidates(candidates, seekers[at], round.Finder);
            await Task.Yield();
        }

        return candidates.Count == 0 ? [] : await TakeAsync("override", () => chooser(candidates, cancellationToken));
    }

    private void AddCandidates(List<IReadOnlyList<MatchmakerEntry>> candidates, MatchmakerTicket seeker, CandidateSearch finder)
    {
        try
        {
            var hits = finder.List(seeker, MostToCombine);
            foreach (var tickets in Combinations.Of(seeker, hits, options, finder)) candidates.Add(MadeMatch.Of(tickets).Entries);
        }
        catch (SearchQueryException e)
        {
            MatchmakerLog.CannotSearch(logger, seeker.Id, e.Message);
        }
    }

    /// <summary>
    /// Takes the tickets of the matches that game logic returned; a match with a removed ticket or only a part of one is dropped.
    /// Tickets that it left out stay.
    /// </summary>
    private async ValueTask<List<MadeMatch>> TakeAsync(string hook, Func<ValueTask<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>>> choose)
    {
        var matches = new List<MadeMatch>();
        try
        {
            foreach (var entries in await choose())
            {
                List<MatchmakerTicket> tickets = [.. entries.Select(static entry => entry.Owner).Distinct()];
                if (tickets.Count == 0) continue;
                if (!IsWhole(entries, tickets)) MatchmakerLog.PartOfTicket(logger, hook);
                else if (TryTake(tickets)) matches.Add(new(entries));
                else MatchmakerLog.MatchDropped(logger, hook);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            MatchmakerLog.HookFailed(logger, e, hook);
        }

        return matches;
    }

    /// <summary>Whether a match has each player of its tickets once.</summary>
    private static bool IsWhole(IReadOnlyList<MatchmakerEntry> entries, List<MatchmakerTicket> tickets) =>
        entries.Count == tickets.Sum(static ticket => ticket.Count)
        && entries.DistinctBy(static entry => (entry.Ticket, entry.Presence.SessionId)).Count() == entries.Count;

    private sealed record Round(MatchmakerTicket[] Active, CandidateSearch Finder, long StartedAt);
}
