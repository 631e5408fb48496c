using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>
/// One text of a field and the rows of the documents that have it, ascending. Rows of removed documents stay until the index
/// is packed; those at the beginning can be skipped permanently.
/// </summary>
internal sealed class SearchTerm(SearchField field, string text)
{
    // Most terms of an index of ids or names have a single row, which is stored here until there is a second one.
    private int _only;
    private int[]? _rows;
    private int _first;
    private int _end;

    public SearchField Field { get; } = field;

    public string Text { get; } = text;

    public ReadOnlySpan<int> Rows => All[_first.._end];

    public int Count => _end - _first;

    /// <summary>False when the row, which must be the youngest, is already present.</summary>
    public bool TryAdd(int row)
    {
        if (_end == 0)
        {
            _only = row;
            _end = 1;
            return true;
        }

        if (All[_end - 1] == row) return false;
        _rows ??= [_only];
        if (_end == _rows.Length) Array.Resize(ref _rows, _end * 2);
        _rows[_end++] = row;
        return true;
    }

    /// <summary>Permanently skips a number of leading rows, whose documents are removed.</summary>
    public void Forget(int count) => _first += count;

    private ReadOnlySpan<int> All => _rows is null ? MemoryMarshal.CreateReadOnlySpan(in _only, 1) : _rows;
}
