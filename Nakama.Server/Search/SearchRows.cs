using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>
/// The documents of an index, one row each in insertion order, with posting lists for texts and sorted columns for numbers.
/// Removed rows are only marked; when they outnumber the others, <see cref="Pack"/> renumbers the rows. Not thread-safe while
/// it changes.
/// </summary>
/// <param name="named">A field that queries may also call <paramref name="alias"/>.</param>
/// <param name="alias">The alias of the field; no document has a field with this name.</param>
internal sealed class SearchRows(string named = "", string alias = "") : ISortKeys
{
    private const int WorthPacking = 1024;

    private readonly Dictionary<string, SearchField> _fields = new(StringComparer.Ordinal);
    private SearchSlot[]?[] _slots = [];
    private int _first;

    /// <summary>The row that the next document gets.</summary>
    public int End { get; private set; }

    /// <summary>The number of rows that are not removed.</summary>
    public int Live { get; private set; }

    /// <summary>The oldest row that is not removed, or <see cref="End"/>.</summary>
    public int First
    {
        get
        {
            while (_first < End && _slots[_first] is null) _first++;
            return _first;
        }
    }

    public bool IsWorthPacking => End - Live > Live + WorthPacking;

    public SearchField? FindField(string name) => _fields.GetValueOrDefault(alias.Length > 0 && name == alias ? named : name);

    /// <summary>False for a removed row.</summary>
    public bool IsLive(int row) => _slots[row] is not null;

    public ReadOnlySpan<SearchSlot> SlotsOf(int row) => _slots[row];

    public SortKey KeyOf(int row, string field)
    {
        if (FindField(field) is not { } column) return default;
        foreach (ref readonly var slot in SlotsOf(row))
        {
            if (slot.Field == column) return slot.Term is null ? SortKey.Of(slot.Number) : SortKey.Of(slot.Term.Text);
        }

        return default;
    }

    public int Add(IReadOnlyList<SearchValue> values)
    {
        var row = NewRow();
        var slots = new SearchSlot[values.Count];
        var count = 0;
        foreach (var value in values)
        {
            ref var field = ref CollectionsMarshal.GetValueRefOrAddDefault(_fields, value.Field, out _);
            field ??= new SearchField(value.Field);
            if (Index(field, value.Text, value.Number, row) is { } slot) slots[count++] = slot;
        }

        if (count < slots.Length) Array.Resize(ref slots, count);
        _slots[row] = slots;
        return row;
    }

    public void Remove(int row)
    {
        _slots[row] = null;
        Live--;
    }

    /// <summary>
    /// Drops the removed rows and renumbers the others from zero, in the same order; reports the old and the new number of each
    /// remaining row. Fields and terms obtained before no longer belong to this index.
    /// </summary>
    public void Pack(Action<int, int> moved)
    {
        var old = _slots.AsSpan(0, End).ToArray();
        _fields.Clear();
        _slots = new SearchSlot[Math.Max(16, Live * 2)][];
        (End, Live, _first) = (0, 0, 0);
        for (var from = 0; from < old.Length; from++)
        {
            if (old[from] is not { } slots) continue;
            var row = NewRow();
            for (var i = 0; i < slots.Length; i++)
            {
                ref var field = ref CollectionsMarshal.GetValueRefOrAddDefault(_fields, slots[i].Field.Name, out _);
                field ??= new SearchField(slots[i].Field.Name);
                slots[i] = Index(field, slots[i].Term?.Text, slots[i].Number, row)!.Value;
            }

            _slots[row] = slots;
            moved(from, row);
        }
    }

    private int NewRow()
    {
        if (End == _slots.Length) Array.Resize(ref _slots, Math.Max(16, End * 2));
        Live++;
        return End++;
    }

    /// <summary>Null for a text that the row already has in this field.</summary>
    private static SearchSlot? Index(SearchField field, string? text, long number, int row)
    {
        field.IsManyValued |= field.YoungestRow == row;
        field.YoungestRow = row;
        if (text is null)
        {
            field.Numbers.Add(number, row);
            return new SearchSlot(field, null, number);
        }

        var term = field.TermOf(text);
        return term.TryAdd(row) ? new SearchSlot(field, term, 0) : null;
    }
}
