namespace Nakama.Server.Search.Text;

/// <summary>The rows of one kind that a full-text index contains, read by the feature that owns them.</summary>
public interface ITextSource
{
    string Kind { get; }

    /// <summary>Names what the source returns of a row; an index of another format is rebuilt.</summary>
    string Format { get; }

    /// <summary>Whether every write that this cluster makes is reported, so that rows need not be looked for by their times alone.</summary>
    bool IsReported { get; }

    /// <summary>A page of rows in the order of their keys.</summary>
    /// <param name="after">The id of the last row before the page; empty for the first page.</param>
    /// <param name="limit">The maximum number of rows.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    ValueTask<List<TextRow>> ReadPageAsync(string after, int limit, CancellationToken cancellationToken);

    /// <summary>The rows that were written after a version, the earliest first.</summary>
    /// <param name="after">The version; its id may be empty.</param>
    /// <param name="limit">The maximum number of rows.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    ValueTask<List<RowVersion>> ListChangedAsync(RowVersion after, int limit, CancellationToken cancellationToken);

    /// <summary>The rows with these ids, as far as they exist, in any order.</summary>
    ValueTask<List<TextRow>> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>The rows that the database finds by exactly this text, such as a name or an id, without scanning a table.</summary>
    ValueTask<List<TextRow>> FindAsync(string text, CancellationToken cancellationToken);
}
