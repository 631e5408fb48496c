namespace Nakama.Server.Search;

/// <summary>Knows the values by which the rows of an index are sorted.</summary>
internal interface ISortKeys
{
    /// <summary>The first value of a field in a row; missing when it has none.</summary>
    SortKey KeyOf(int row, string field);
}
