namespace Nakama.Server.Search;

/// <summary>Provides the values by which the rows of an index are sorted.</summary>
internal interface ISortKeys
{
    /// <summary>The first value of a field in a row; the missing key when the row has none.</summary>
    SortKey KeyOf(int row, string field);
}
