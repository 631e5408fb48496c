using System.Diagnostics.CodeAnalysis;

namespace Nakama.Lua;

/// <content>Iteration over all keys: the array in ascending order, then the others in insertion order.</content>
public sealed partial class LuaTable
{
    /// <summary>
    /// The pair after the cursor, which starts at zero and is opaque to callers. False when there are no more pairs. Values may be
    /// changed and removed during the iteration.
    /// </summary>
    public bool TryNext(ref int cursor, out LuaValue key, out LuaValue value)
    {
        var array = _array;
        var count = Math.Min(_count, array.Length);
        // Entries of the hash part count down from -1, so that a growing array does not shift them.
        if (cursor >= 0)
        {
            for (var index = cursor; index < count; index++)
            {
                if (array[index].Reference is null) continue;
                cursor = index + 1;
                key = new LuaValue((double)cursor);
                value = array[index];
                return true;
            }
            cursor = -1;
        }
        var entries = Entries;
        for (var place = -1 - cursor; (uint)place < (uint)entries.Length; place++)
        {
            if (entries[place].Value.Reference is null) continue;
            cursor = -2 - place;
            key = entries[place].Key;
            value = entries[place].Value;
            return true;
        }
        cursor = -1 - entries.Length;
        key = default;
        value = default;
        return false;
    }

    /// <summary>The cursor with which <see cref="TryNext"/> continues after this key; false for an unknown key.</summary>
    internal bool TryFind(in LuaValue key, out int cursor)
    {
        cursor = 0;
        if (key.IsNil) return true;
        if (key.IsNumber && key.Double >= 1 && key.Double <= _array.Length && key.Double == Math.Floor(key.Double))
        {
            cursor = (int)key.Double;
            return true;
        }
        var place = PlaceOf(key);
        cursor = -2 - place;
        return place >= 0;
    }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>The pairs in order, for <c>foreach</c>.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "Nobody compares enumerators.")]
    public struct Enumerator
    {
        private readonly LuaTable _table;
        private int _cursor;
        private LuaValue _key;
        private LuaValue _value;

        internal Enumerator(LuaTable table) => _table = table;

        public readonly KeyValuePair<LuaValue, LuaValue> Current => new(_key, _value);

        public bool MoveNext() => _table.TryNext(ref _cursor, out _key, out _value);
    }
}
