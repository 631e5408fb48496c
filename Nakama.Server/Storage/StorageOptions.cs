namespace Nakama.Server.Storage;

/// <summary>Settings below <c>storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>Whether objects found in an index are always read from the database.</summary>
    public bool DisableIndexOnly { get; init; }

    /// <summary>From how many entries on that an index may hold it is kept by Lucene.</summary>
    public int IndexLuceneMinEntries { get; init; } = 50_000;
}
