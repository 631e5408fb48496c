namespace Nakama.Server.Search;

/// <summary>A sort order of hits. Documents without the field come last in both directions.</summary>
public sealed record SearchOrder
{
    private SearchOrder(string? field, bool isDescending)
    {
        Field = field;
        IsDescending = isDescending;
    }

    /// <summary>Highest score first.</summary>
    public static SearchOrder Score { get; } = new(null, isDescending: true);

    /// <summary>Null for the score.</summary>
    public string? Field { get; }

    public bool IsDescending { get; }

    /// <summary>By the first value of a field: numbers and dates before text.</summary>
    public static SearchOrder By(string field, bool isDescending = false) => new(field, isDescending);
}
