namespace Nakama.Server.Leaderboards;

/// <summary>A window of consecutive records centered on one of them, as far as the ends of the list allow.</summary>
internal readonly record struct RecordWindow(List<RecordRow> Rows, bool HasPrevious, bool HasNext)
{
    /// <param name="above">The better records, the nearest first, one more than fits if there are that many.</param>
    /// <param name="below">The worse records in the same way.</param>
    /// <param name="limit">How many records the window holds.</param>
    public static RecordWindow Around(in RecordRow own, List<RecordRow> above, List<RecordRow> below, int limit)
    {
        var hasMoreAbove = above.Count > limit;
        var aboveCount = Math.Min(above.Count, limit);
        // Half of the window is for the records below; it grows when there are fewer above.
        var wanted = limit / 2;
        if (aboveCount < wanted) wanted = limit - aboveCount;
        var belowCount = Math.Min(below.Count, wanted);

        var all = new List<RecordRow>(aboveCount + 1 + belowCount);
        for (var i = aboveCount - 1; i >= 0; i--) all.Add(above[i]);
        all.Add(own);
        for (var i = 0; i < belowCount; i++) all.Add(below[i]);

        var start = aboveCount < wanted ? 0 : Math.Max(0, all.Count - limit);
        var length = Math.Min(limit, all.Count - start);
        var hasNext = below.Count > belowCount || start + length < all.Count;
        return new(all.GetRange(start, length), hasMoreAbove || start > 0, hasNext);
    }
}
