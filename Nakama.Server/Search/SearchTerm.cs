using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>
/// One text of a field and the rows of the documents that have it, ascending. Rows of documents that are gone stay until
/// all is packed anew; those at the beginning are passed over for good.
/// </summary>
internal sealed class SearchTerm(SearchField field, string text)
{
    // Most terms of an index of ids or names have one row, which lies here until there is a second one.
    private int _only;
    private int[]? _rows;
    private int _first;
    private int _end;

    public SearchField Field { get; } = field;

    public string Text { get; } = text;

    public ReadOnlySpan<int> Rows => All[_first.._end];

    public int Count => _end - _first;

    /// <summary>False when the row, which must be the youngest, is there already.</summary>
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

    /// <summary>Passes over so many of the first rows for good; their documents are gone.</summary>
    public void Forget(int count) => _first += count;

    private ReadOnlySpan<int> All => _rows is null ? MemoryMarshal.CreateReadOnlySpan(in _only, 1) : _rows;
}
