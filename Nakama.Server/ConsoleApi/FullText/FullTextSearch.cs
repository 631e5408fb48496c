using Nakama.Protocol.Live;
using Nakama.Server.Search.Text;

namespace Nakama.Server.ConsoleApi.FullText;

/// <summary>
/// Searches the index of this node. Every hit is read from the database before it is returned: what is gone is not shown, and what
/// has changed is shown as it is now. Rows with exactly the name or id that was typed come first, whatever the index has.
/// </summary>
internal sealed class FullTextSearch(FullTextIndex index, FullTextChanges changes, IEnumerable<ITextSource> sources, TimeProvider time) : INameIndex, IDisposable
{
    /// <summary>The deepest hit that pages lead to.</summary>
    public const int MaxDepth = 1000;

    // Hits that are gone or have changed make room for others, so often.
    private const int MaxPasses = 4;
    private const int MaxAtOnce = 4;

    // How old the index may be before a search waits for a round of the follower, and for how long.
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RoundPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SearchPatience = TimeSpan.FromSeconds(1);

    private readonly ITextSource[] _sources = [.. sources];
    private readonly SemaphoreSlim _running = new(MaxAtOnce);

    public void Dispose() => _running.Dispose();

    /// <summary>A page of hits, and the state of the index.</summary>
    /// <param name="text">What was typed; without any the index is only described.</param>
    /// <param name="kinds">The kinds of rows.</param>
    /// <param name="limit">The maximum number of hits.</param>
    /// <param name="offset">The number of the index's hits before the page.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The answer, and where the next page begins; null after the last one.</returns>
    public async ValueTask<(SearchAnswer Answer, int? Next)> SearchAsync(
        string text, IReadOnlyList<string> kinds, int limit, int offset, CancellationToken cancellationToken)
    {
        var query = new TextQuery(text);
        var answer = new SearchAnswer { Kinds = { kinds }, IsOff = !index.IsOn };
        int? next = null;
        if (!query.IsEmpty && kinds.Count > 0)
        {
            if (index.IsOn) await FreshenAsync(kinds, cancellationToken);
            var seen = new HashSet<(string, string)>();
            if (offset == 0) await AddExactAsync(answer, seen, query, kinds, limit, cancellationToken);
            next = await AddAsync(answer, seen, query, kinds, limit, offset, cancellationToken);
        }

        answer.IndexedRows = index.Read(static opened => opened.Count);
        answer.IsFull = index.Read(opened => opened.SizeBytes >= index.MaxBytes);
        answer.IsFilling = index.IsOn && index.Progress.Any(progress => !progress.IsFilled && kinds.Contains(progress.Source.Kind));
        answer.AgeMs = (long)(index.AgeOf(kinds) ?? TimeSpan.Zero).TotalMilliseconds;
        return (answer, next);
    }

    public async ValueTask<IReadOnlyList<string>?> FindAsync(string kind, string part, int limit, CancellationToken cancellationToken)
    {
        if (!index.IsOn) return null;
        index.Ask();
        if (!index.Progress.Any(progress => progress.Source.Kind == kind && progress.IsFilled)) return null;
        await FreshenAsync([kind], cancellationToken);
        var found = await ReadIndexAsync(opened => opened.SearchNames(kind, part, limit, SearchPatience), cancellationToken);
        return found is { HasMore: false, IsPartial: false } ? [.. found.Hits.Select(static hit => hit.Id)] : null;
    }

    /// <summary>Keeps the follower at work. After a pause its first round is awaited, if it does not take long.</summary>
    private async ValueTask FreshenAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken)
    {
        var round = index.NextRound;
        index.Ask();
        if (index.AgeOf(kinds) is { } age && age < StaleAfter) return;
        try
        {
            await round.WaitAsync(RoundPatience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The answer says how old the index is.
        }
    }

    private async ValueTask AddExactAsync(
        SearchAnswer answer, HashSet<(string, string)> seen, TextQuery query, IReadOnlyList<string> kinds, int limit, CancellationToken cancellationToken)
    {
        foreach (var source in _sources)
        {
            if (!kinds.Contains(source.Kind)) continue;
            foreach (var row in await source.FindAsync(query.Text, cancellationToken))
            {
                if (answer.Hits.Count < limit && seen.Add((source.Kind, row.Id))) answer.Hits.Add(Describe(source.Kind, row, query));
            }
        }
    }

    private async ValueTask<int?> AddAsync(
        SearchAnswer answer, HashSet<(string, string)> seen, TextQuery query, IReadOnlyList<string> kinds, int limit, int offset, CancellationToken cancellationToken)
    {
        for (var pass = 1; ; pass++)
        {
            var wanted = Math.Min(limit - answer.Hits.Count, MaxDepth - offset);
            if (wanted <= 0) return offset < MaxDepth ? offset : null;
            if (await SearchAsync(query, kinds, offset, wanted, cancellationToken) is not { } found) return null;
            answer.IsPartial |= found.IsPartial;
            var rows = await ReadAsync(found.Hits, cancellationToken);
            foreach (var hit in found.Hits)
            {
                offset++;
                var isThere = rows.TryGetValue((hit.Kind, hit.Id), out var row);
                if (row?.UpdatedAt.Ticks != hit.UpdatedTicks)
                {
                    changes.Reread(hit.Kind, hit.Id);
                    if (!isThere || !query.Matches(row!)) continue;
                }

                if (seen.Add((hit.Kind, hit.Id))) answer.Hits.Add(Describe(hit.Kind, row!, query));
            }

            if (!found.HasMore || offset >= MaxDepth) return null;
            if (pass == MaxPasses) return offset;
        }
    }

    private ValueTask<TextHits?> SearchAsync(TextQuery query, IReadOnlyList<string> kinds, int offset, int limit, CancellationToken cancellationToken)
    {
        var some = kinds.Count == _sources.Length ? null : kinds;
        return ReadIndexAsync(opened => opened.Search(query, some, offset, limit, SearchPatience), cancellationToken);
    }

    private async ValueTask<TextHits?> ReadIndexAsync(Func<TextIndex, TextHits?> read, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            return index.Read(read);
        }
        finally
        {
            _running.Release();
        }
    }

    private async ValueTask<Dictionary<(string Kind, string Id), TextRow>> ReadAsync(IReadOnlyList<TextHit> hits, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<(string, string), TextRow>();
        foreach (var source in _sources)
        {
            string[] ids = [.. hits.Where(hit => hit.Kind == source.Kind).Select(static hit => hit.Id)];
            if (ids.Length == 0) continue;
            foreach (var row in await source.ReadAsync(ids, cancellationToken)) rows[(source.Kind, row.Id)] = row;
        }

        return rows;
    }

    private static SearchHit Describe(string kind, TextRow row, TextQuery query) => new()
    {
        Kind = kind,
        Id = row.Id,
        Title = row.Title,
        Subtitle = row.Subtitle,
        Highlight = { TextHighlight.Of(row, query).Select(static fragment => new SearchFragment { Text = fragment.Text, IsMatch = fragment.IsMatch }) },
    };
}
