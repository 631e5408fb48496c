using System.Globalization;
using Nakama.Server.Search.Text;

namespace Nakama.Server.ConsoleApi.FullText;

/// <summary>How far the index has got with the rows of one kind. Changed by the follower only.</summary>
internal sealed class FullTextProgress(ITextSource source)
{
    private const long Never = -1;

    // Rows of the overlap that are in the index already; forgetting them only costs reading them again.
    private const int MaxRecent = 200_000;

    private volatile bool _isFilled;
    private long _caughtUpAt = Never;

    public ITextSource Source => source;

    /// <summary>Whether all rows of the start are in the index.</summary>
    public bool IsFilled
    {
        get => _isFilled;
        set => _isFilled = value;
    }

    /// <summary>The last row that filling has reached; empty before the first.</summary>
    public string FilledTo { get; set; } = "";

    /// <summary>The time of the youngest row that was read, by the clock of the database.</summary>
    public DateTime Since { get; set; }

    /// <summary>When the table is looked through next, as a timestamp of the node.</summary>
    public long NextScanAt { get; set; }

    /// <summary>Whether changes were missed that the next look has to find.</summary>
    public bool IsBehind { get; set; }

    /// <summary>The versions that were read last.</summary>
    public Dictionary<string, DateTime> Recent { get; } = new(StringComparer.Ordinal);

    /// <summary>The timestamp of the round whose changes are all visible to searches; null before the first.</summary>
    public long? CaughtUpAt => Interlocked.Read(ref _caughtUpAt) is var at && at == Never ? null : at;

    /// <summary>To be called once the changes of a round are visible.</summary>
    public void CaughtUp(long startedAt) => Interlocked.Exchange(ref _caughtUpAt, startedAt);

    /// <summary>Begins at a place that is kept with the index, or at the beginning.</summary>
    public void Load(Dictionary<string, string> state, DateTime now)
    {
        Reset(now);
        if (!state.TryGetValue($"{source.Kind}.since", out var since) || !state.TryGetValue($"{source.Kind}.filled_to", out var filledTo)) return;
        Since = new DateTime(long.Parse(since, CultureInfo.InvariantCulture), DateTimeKind.Utc);
        FilledTo = filledTo;
        IsFilled = state.GetValueOrDefault($"{source.Kind}.is_filled") == bool.TrueString;
    }

    public void Save(Dictionary<string, string> state)
    {
        state[$"{source.Kind}.since"] = Since.Ticks.ToString(CultureInfo.InvariantCulture);
        state[$"{source.Kind}.filled_to"] = FilledTo;
        state[$"{source.Kind}.is_filled"] = IsFilled.ToString();
    }

    /// <summary>Begins at the beginning.</summary>
    public void Reset(DateTime now)
    {
        (FilledTo, IsFilled, Since, NextScanAt, IsBehind) = ("", false, now, 0, false);
        Recent.Clear();
        Interlocked.Exchange(ref _caughtUpAt, Never);
    }

    /// <summary>Notes versions that were read, and forgets those before a time.</summary>
    public void Read(IReadOnlyList<RowVersion> versions, DateTime keptSince)
    {
        foreach (var version in versions)
        {
            Recent[version.Id] = version.UpdatedAt;
            if (version.UpdatedAt > Since) Since = version.UpdatedAt;
        }

        if (Recent.Count > MaxRecent) Recent.Clear();
        foreach (var (id, updatedAt) in Recent)
        {
            if (updatedAt < keptSince) Recent.Remove(id);
        }
    }
}
