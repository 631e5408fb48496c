using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>A row that fits, and how well.</summary>
internal readonly record struct RankedRow(int Row, double Score);

/// <summary>Puts hits into the order asked for.</summary>
internal static class SearchRanking
{
    private const int FewHits = 128;

    /// <summary>The part of the hits that is wanted, in order; the hits come in the order of their rows.</summary>
    public static ReadOnlySpan<RankedRow> Take(SearchRows rows, List<RankedRow> hits, IReadOnlyList<SearchOrder> order, int offset, int limit)
    {
        var span = CollectionsMarshal.AsSpan(hits);
        if (offset >= span.Length || limit <= 0) return [];
        var end = (int)Math.Min((long)offset + limit, span.Length);
        var ranks = new Rank[span.Length];
        for (var i = 0; i < ranks.Length; i++) ranks[i] = new(i, order.Count > 0 ? KeyOf(rows, span[i], order[0]) : default);
        SmallestFirst(ranks, end, new Comparison(rows, hits, order));
        var wanted = new RankedRow[end - offset];
        for (var i = 0; i < wanted.Length; i++) wanted[i] = span[ranks[offset + i].Hit];
        return wanted;
    }

    /// <summary>Sorts as far as is needed: when few of many are wanted, only they are kept in order.</summary>
    private static void SmallestFirst(Rank[] ranks, int count, Comparison comparison)
    {
        if (count > Math.Min(FewHits, ranks.Length / 4))
        {
            ranks.AsSpan().Sort(comparison);
            return;
        }

        // The youngest first is a common wish, and with the best at the front hardly any of the others has to be moved.
        if (comparison.Compare(ranks[^1], ranks[0]) < 0) ranks.AsSpan().Reverse();
        var best = ranks.AsSpan(0, count);
        best.Sort(comparison);
        for (var i = count; i < ranks.Length; i++)
        {
            if (comparison.Compare(ranks[i], best[^1]) >= 0) continue;
            var place = ~best[..^1].BinarySearch(ranks[i], comparison);
            best[place..^1].CopyTo(best[(place + 1)..]);
            best[place] = ranks[i];
        }
    }

    private static SortKey KeyOf(SearchRows rows, RankedRow hit, SearchOrder order)
    {
        if (order.Field is not { } name) return new(SortKind.Number, SortableNumber.Of(-hit.Score), null);
        if (rows.FindField(name) is not { } field) return default;
        foreach (ref readonly var slot in rows.SlotsOf(hit.Row))
        {
            if (slot.Field != field) continue;
            // One's complement turns the order of integers round.
            if (slot.Term is null) return new(SortKind.Number, order.IsDescending ? ~slot.Number : slot.Number, null);
            return new(SortKind.Text, 0, slot.Term.Text);
        }

        return default;
    }

    private enum SortKind
    {
        Missing,
        Number,
        Text,
    }

    private readonly record struct SortKey(SortKind Kind, long Number, string? Text);

    /// <summary>A hit with its first key at hand.</summary>
    private readonly record struct Rank(int Hit, SortKey Key);

    private sealed class Comparison(SearchRows rows, List<RankedRow> hits, IReadOnlyList<SearchOrder> order) : IComparer<Rank>
    {
        public int Compare(Rank x, Rank y)
        {
            if (order.Count > 0)
            {
                var first = Compare(x.Key, y.Key, order[0].IsDescending);
                if (first != 0) return first;
                for (var i = 1; i < order.Count; i++)
                {
                    var next = Compare(KeyOf(rows, hits[x.Hit], order[i]), KeyOf(rows, hits[y.Hit], order[i]), order[i].IsDescending);
                    if (next != 0) return next;
                }
            }

            return x.Hit.CompareTo(y.Hit);
        }

        private static int Compare(SortKey x, SortKey y, bool isDescending)
        {
            if (x.Kind != y.Kind)
            {
                if (x.Kind == SortKind.Missing) return 1;
                if (y.Kind == SortKind.Missing) return -1;
                return isDescending ? y.Kind - x.Kind : x.Kind - y.Kind;
            }

            if (x.Kind != SortKind.Text) return x.Number.CompareTo(y.Number);
            var texts = string.CompareOrdinal(x.Text, y.Text);
            return isDescending ? -texts : texts;
        }
    }
}
