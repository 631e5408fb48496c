namespace Nakama.Server.Search.Text;

/// <summary>What a full-text index needs to know of a row of the database.</summary>
/// <param name="Id">Unique within its kind.</param>
/// <param name="UpdatedAt">When the row was last written, by the clock of the database.</param>
/// <param name="Title">The name under which a hit is shown.</param>
/// <param name="Subtitle">What tells apart hits with similar titles; may be empty.</param>
/// <param name="Names">Texts that are found by their words, as a whole, and by their beginning.</param>
/// <param name="Ids">Texts that are found as a whole and by their beginning only.</param>
/// <param name="Body">A text that is found by its words; may be empty.</param>
public sealed record TextRow(
    string Id, DateTime UpdatedAt, string Title, string Subtitle, IReadOnlyList<string> Names, IReadOnlyList<string> Ids, string Body)
{
    /// <summary>The id of the row that takes this one with it when it is deleted; empty when there is none.</summary>
    public string Owner { get; init; } = "";

    /// <summary>A name that is found by any part of it too; empty when there is none.</summary>
    public string FoundByParts { get; init; } = "";

    /// <summary>UTF-16 characters of the texts that are found.</summary>
    public int Length => Body.Length + Names.Sum(static name => name.Length) + Ids.Sum(static id => id.Length) + FoundByParts.Length;
}

/// <summary>A version of a row, in the order in which changes are read.</summary>
public readonly record struct RowVersion(DateTime UpdatedAt, string Id);

/// <summary>A document of the index that a query has found.</summary>
/// <param name="Kind">The kind of the row.</param>
/// <param name="Id">The id of the row.</param>
/// <param name="UpdatedTicks">The time of the row's version that is in the index.</param>
public readonly record struct TextHit(string Kind, string Id, long UpdatedTicks);

/// <summary>A range of the ranked hits of a query.</summary>
/// <param name="Hits">The hits, the best first.</param>
/// <param name="HasMore">Whether more hits follow.</param>
/// <param name="IsPartial">Whether the search was stopped before it had seen all documents.</param>
public sealed record TextHits(IReadOnlyList<TextHit> Hits, bool HasMore, bool IsPartial);

/// <summary>A piece of a text.</summary>
public readonly record struct TextFragment(string Text, bool IsMatch);
