using System.Runtime.CompilerServices;

namespace Nakama.Lua;

/// <summary>
/// A table: an array part for the keys from one upward, and a hash part in insertion order. Interpreters that share tables may
/// use them concurrently: they may lose each other's changes, but the table is not corrupted.
/// </summary>
public sealed partial class LuaTable : LuaObject
{
    /// <summary>Integer keys from this value on are never part of the array.</summary>
    internal const int MostArray = 67108864;

    // The largest gap that is filled with nil, so that the keys are iterated in order.
    private const int SmallHole = 1024;

    private LuaValue[] _array;
    private int _count;
    private bool _isSparse;

    // Zero when it has to be computed.
    private int _largestSparse;

    public LuaTable()
        : this(0, 0)
    {
    }

    /// <summary>Creates a table with capacity for a number of elements and of other keys.</summary>
    public LuaTable(int arrayCapacity, int hashCapacity)
    {
        _array = arrayCapacity == 0 ? [] : new LuaValue[arrayCapacity];
        if (hashCapacity > 0) Resize(hashCapacity);
    }

    /// <summary>
    /// Creates a copy with the same keys, values and order, but without a metatable. It shares the other's hash part until it is
    /// changed; the other must not change any more.
    /// </summary>
    internal LuaTable(LuaTable other)
    {
        _array = [.. other.Array];
        _count = _array.Length;
        _isSparse = other._isSparse;
        _entries = other._entries;
        _buckets = other._buckets;
        _used = other._used;
        _isShared = _used > 0;
    }

    public LuaTable? Metatable { get; set; }

    /// <summary>Whether <c>table.insert</c> with a position, <c>table.remove</c> and <c>table.sort</c> refuse this table.</summary>
    public bool IsReadOnly { get; set; }

    internal override LuaKind Kind => LuaKind.Table;

    /// <summary>The largest integer key with a value, or zero; the operator <c>#</c> without metatables.</summary>
    public int Length => _isSparse ? Math.Max(_count, LargestSparse()) : _count;

    /// <summary>The array part in place; a later change of the table may replace the array.</summary>
    internal Span<LuaValue> Array
    {
        get
        {
            var array = _array;
            return array.AsSpan(0, Math.Min(_count, array.Length));
        }
    }

    internal LuaValue[] ArrayStore
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _array;
    }

    public LuaValue this[string key]
    {
        get => GetString(LuaString.From(key));
        set => SetString(LuaString.From(key), value);
    }

    /// <summary>Without metamethods. Setting a key of nil or NaN is a <see cref="LuaException"/>.</summary>
    public LuaValue this[LuaValue key]
    {
        get => Get(key);
        set => Set(key, value);
    }

    /// <summary>Appends after the last element.</summary>
    public void Add(LuaValue value) => SetInteger(Length + 1, value);

    public LuaValue Get(in LuaValue key)
    {
        if (key.IsNumber) return GetNumber(key.Double);
        if (key.Reference is null) return default;
        ref var slot = ref key.Reference is LuaString text ? ref Slot(text) : ref Slot(key);
        return Unsafe.IsNullRef(ref slot) ? default : slot;
    }

    public LuaValue GetString(LuaString key)
    {
        ref var slot = ref Slot(key);
        return Unsafe.IsNullRef(ref slot) ? default : slot;
    }

    public LuaValue GetInteger(long key)
    {
        var array = _array;
        if ((ulong)(key - 1) < (ulong)array.Length) return array[key - 1];
        return _isSparse || key is <= 0 or >= MostArray ? GetHashed(key) : default;
    }

    public void Set(in LuaValue key, in LuaValue value)
    {
        if (key.IsNumber)
        {
            SetNumber(key.Double, value);
            return;
        }
        if (key.Reference is null) throw new LuaException("table index is nil");
        if (_isShared) Unshare();
        ref var slot = ref key.Reference is LuaString text ? ref Slot(text) : ref Slot(key);
        if (!Unsafe.IsNullRef(ref slot)) Write(ref slot, value);
        else if (!value.IsNil) Insert(key, value);
    }

    public void SetString(LuaString key, in LuaValue value)
    {
        if (_isShared) Unshare();
        ref var slot = ref Slot(key);
        if (!Unsafe.IsNullRef(ref slot)) Write(ref slot, value);
        else if (!value.IsNil) Insert(new LuaValue(key), value);
    }

    public void SetInteger(long key, in LuaValue value)
    {
        var array = _array;
        if ((ulong)(key - 1) >= (ulong)array.Length)
        {
            SetBeyond(key, value);
            return;
        }
        var index = (int)key - 1;
        array[index] = value;
        if (value.IsNil)
        {
            if (index == _count - 1) Trim(array);
        }
        else if (index >= _count)
        {
            _count = index + 1;
        }
    }

    internal LuaValue GetNumber(double key)
    {
        var whole = (long)key;
        return whole == key ? GetInteger(whole) : GetHashed(key);
    }

    internal void SetNumber(double key, in LuaValue value)
    {
        var whole = (long)key;
        if (whole == key)
        {
            SetInteger(whole, value);
            return;
        }
        if (double.IsNaN(key)) throw new LuaException("table index is NaN");
        SetHashed(key, value);
    }

    /// <summary>Inserts into the array and shifts the elements after it.</summary>
    internal void InsertAt(int position, in LuaValue value)
    {
        var last = Length;
        if (position > last || position < 1)
        {
            SetInteger(position, value);
            return;
        }
        SetInteger(last + 1, GetInteger(last));
        if (last <= _array.Length)
        {
            _array.AsSpan(position - 1, last - position).CopyTo(_array.AsSpan(position));
        }
        else
        {
            for (var index = last - 1; index >= position; index--) SetInteger(index + 1, GetInteger(index));
        }
        SetInteger(position, value);
    }

    internal LuaValue RemoveAt(int position)
    {
        var last = Length;
        var removed = GetInteger(position);
        if (last <= _array.Length)
        {
            _array.AsSpan(position, last - position).CopyTo(_array.AsSpan(position - 1));
        }
        else
        {
            for (var index = position; index < last; index++) SetInteger(index, GetInteger(index + 1));
        }
        SetInteger(last, default);
        return removed;
    }

    /// <summary>Reserves capacity for elements that are about to be set in order.</summary>
    internal void Reserve(int arrayCapacity)
    {
        if (arrayCapacity > _array.Length) GrowArray(arrayCapacity);
    }

    private void SetBeyond(long key, in LuaValue value)
    {
        if (key is <= 0 or >= MostArray)
        {
            SetHashed(key, value);
            return;
        }
        if (value.IsNil)
        {
            if (_isSparse) SetHashed(key, value);
            return;
        }
        if (key > _count + 1L && key > (4L * _count) + SmallHole)
        {
            _isSparse = true;
            SetHashed(key, value);
            return;
        }
        // A key that was in the hash part because its neighbours were missing must be removed from it.
        if (_isSparse) SetHashed(key, default);
        GrowArray(Math.Max((int)key, Math.Min(MostArray, Math.Max(4, _array.Length * 2))));
        SetInteger(key, value);
    }

    /// <summary>Grows the array and moves the keys that now belong to it from the hash part.</summary>
    private void GrowArray(int capacity)
    {
        var array = _array;
        System.Array.Resize(ref array, capacity);
        _array = array;
        if (!_isSparse) return;
        if (_isShared) Unshare();
        _isSparse = false;
        foreach (ref var entry in Entries)
        {
            if (entry.Value.IsNil || !IsElement(entry.Key, out var key)) continue;
            if (key > capacity)
            {
                _isSparse = true;
                continue;
            }
            array[key - 1] = entry.Value;
            entry.Value = default;
            _count = Math.Max(_count, key);
        }
        _largestSparse = 0;
    }

    private void Trim(LuaValue[] array)
    {
        var count = Math.Min(_count, array.Length);
        while (count > 0 && array[count - 1].Reference is null) count--;
        _count = count;
    }

    private void Write(ref LuaValue slot, in LuaValue value)
    {
        if (slot.Reference is null) _absent = 0;
        slot = value;
    }
}
