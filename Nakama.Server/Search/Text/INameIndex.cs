namespace Nakama.Server.Search.Text;

/// <summary>Finds rows by any part of their names where the database would have to look through a whole table.</summary>
public interface INameIndex
{
    /// <summary>The shortest part that is found, in characters.</summary>
    const int MinPartLength = 3;

    /// <summary>
    /// The ids of rows whose names, as they were some seconds ago, may contain a text, whatever its case. The caller has to compare
    /// the names themselves.
    /// </summary>
    /// <param name="kind">The kind of the rows.</param>
    /// <param name="part">The text.</param>
    /// <param name="limit">The maximum number of ids.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null when the index cannot tell: it is off, it is not filled, the text is too short, or more rows were found.</returns>
    ValueTask<IReadOnlyList<string>?> FindAsync(string kind, string part, int limit, CancellationToken cancellationToken);
}
