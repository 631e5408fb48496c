namespace Nakama.Server.ConsoleApi.FullText;

/// <summary>Rows that have changed, each once. Of too many only that is kept.</summary>
internal sealed class ChangedRows
{
    private const int MaxRows = 10_000;

    private readonly HashSet<(string Kind, string Id)> _rows = [];

    /// <summary>Whether there were more than are named.</summary>
    public bool IsIncomplete { get; set; }

    public IReadOnlyCollection<(string Kind, string Id)> Rows => _rows;

    public bool IsEmpty => _rows.Count == 0 && !IsIncomplete;

    public void Add(string kind, string id)
    {
        if (_rows.Count < MaxRows) _rows.Add((kind, id));
        else IsIncomplete = true;
    }

    public void Add(ChangedRows others)
    {
        IsIncomplete |= others.IsIncomplete;
        foreach (var (kind, id) in others._rows) Add(kind, id);
    }
}
