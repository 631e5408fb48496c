using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nakama.Lua;

/// <content>The hash part: entries in insertion order; a few are found by a linear scan, many by buckets.</content>
public sealed partial class LuaTable
{
    private const int MostScanned = 8;
    private const int EntryBytes = 40;

    private Entry[]? _entries;

    // Entry indexes plus one, so that zero is an empty bucket.
    private int[]? _buckets;
    private int _used;

    // The hash part belongs to another table as well, and is copied before it is changed.
    private bool _isShared;

    // The metamethods that are known to be absent, while this table is used as a metatable.
    private uint _absent;

    /// <summary>The size of the table itself, without its values.</summary>
    internal long SizeInBytes => 80 + (16L * _array.Length) + ((long)EntryBytes * (_entries?.Length ?? 0)) + (4L * (_buckets?.Length ?? 0));

    /// <summary>Whether a value must be set by a method instead of in its slot.</summary>
    internal bool IsShared => _isShared;

    internal static int HashOf(in LuaValue value)
    {
        if (value.IsNumber)
        {
            var bits = BitConverter.DoubleToInt64Bits(value.Double);
            return (int)((ulong)(bits * -7046029254386353131) >> 32);
        }
        return value.Reference is LuaString text ? text.Hash : value.Reference is null ? 0 : RuntimeHelpers.GetHashCode(value.Reference);
    }

    /// <summary>A reference to the key's value, or a null reference. A key with the value nil may still have an entry.</summary>
    internal ref LuaValue Slot(LuaString key)
    {
        var entries = _entries;
        if (entries is null) return ref Unsafe.NullRef<LuaValue>();
        var hash = key.Hash;
        var buckets = _buckets;
        if (buckets is null)
        {
            var used = Math.Min(_used, entries.Length);
            for (var index = 0; index < used; index++)
            {
                ref var entry = ref entries[index];
                if (entry.Hash == hash && (ReferenceEquals(entry.Key.Reference, key) || IsSame(entry, key))) return ref entry.Value;
            }
            return ref Unsafe.NullRef<LuaValue>();
        }
        var place = buckets[hash & (buckets.Length - 1)] - 1;
        while ((uint)place < (uint)entries.Length)
        {
            ref var entry = ref entries[place];
            if (entry.Hash == hash && (ReferenceEquals(entry.Key.Reference, key) || IsSame(entry, key))) return ref entry.Value;
            // Chains lead to older entries only; anything else is an unfinished change of another thread.
            if (entry.Next >= place) break;
            place = entry.Next;
        }
        return ref Unsafe.NullRef<LuaValue>();
    }

    /// <inheritdoc cref="Slot(LuaString)"/>
    internal ref LuaValue Slot(in LuaValue key)
    {
        var place = PlaceOf(key);
        if (place < 0) return ref Unsafe.NullRef<LuaValue>();
        var entries = _entries!;
        if (place >= entries.Length) return ref Unsafe.NullRef<LuaValue>();
        return ref entries[place].Value;
    }

    /// <summary>The metamethod of this kind in this metatable, or nil. Fast when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LuaValue GetMeta(LuaMeta meta) => (_absent & (1u << (int)meta)) != 0 ? default : FindMeta(meta);

    internal void Insert(in LuaValue key, in LuaValue value)
    {
        if (_entries is null) Resize(4);
        else if (_used >= _entries.Length) MakeRoom();
        var entries = _entries!;
        var place = _used;
        if ((uint)place >= (uint)entries.Length) return;
        ref var entry = ref entries[place];
        entry.Hash = HashOf(key);
        entry.Key = key;
        entry.Value = value;
        entry.Next = -1;
        if (_buckets is { } buckets)
        {
            ref var bucket = ref buckets[entry.Hash & (buckets.Length - 1)];
            entry.Next = bucket - 1;
            bucket = place + 1;
        }
        _used = place + 1;
        _absent = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Unshare()
    {
        Resize(_used);
        Volatile.Write(ref _isShared, false);
    }

    private static bool IsSame(in Entry entry, LuaString key) => entry.Key.Reference is LuaString text && text.Equals(key);

    private int PlaceOf(in LuaValue key)
    {
        var entries = _entries;
        if (entries is null) return -1;
        var hash = HashOf(key);
        if (_buckets is not { } buckets)
        {
            var used = Math.Min(_used, entries.Length);
            for (var index = 0; index < used; index++)
            {
                if (entries[index].Hash == hash && entries[index].Key.Equals(key)) return index;
            }
            return -1;
        }
        var place = buckets[hash & (buckets.Length - 1)] - 1;
        while ((uint)place < (uint)entries.Length)
        {
            ref var entry = ref entries[place];
            if (entry.Hash == hash && entry.Key.Equals(key)) return place;
            if (entry.Next >= place) break;
            place = entry.Next;
        }
        return -1;
    }

    private LuaValue FindMeta(LuaMeta meta)
    {
        var value = GetString(LuaMetaNames.Of(meta));
        if (value.IsNil) _absent |= 1u << (int)meta;
        return value;
    }

    private LuaValue GetHashed(double key)
    {
        ref var slot = ref Slot(new LuaValue(key == 0 ? 0 : key));
        return Unsafe.IsNullRef(ref slot) ? default : slot;
    }

    private void SetHashed(double number, in LuaValue value)
    {
        var key = new LuaValue(number == 0 ? 0 : number);
        if (_isShared) Unshare();
        if (!value.IsNil) NoteSparse(number);
        else if (number == _largestSparse) _largestSparse = 0;
        ref var slot = ref Slot(key);
        if (!Unsafe.IsNullRef(ref slot)) slot = value;
        else if (!value.IsNil) Insert(key, value);
    }

    private void NoteSparse(double key)
    {
        if (_largestSparse > 0 && key > _largestSparse && key < MostArray && key == Math.Floor(key)) _largestSparse = (int)key;
    }

    private void MakeRoom()
    {
        var live = 0;
        var all = Entries;
        foreach (ref readonly var entry in all)
        {
            if (!entry.Value.IsNil) live++;
        }
        Resize(live * 4 <= all.Length * 3 ? Math.Max(4, all.Length) : all.Length * 2);
    }

    /// <summary>Copies the live entries, in order, into arrays of this capacity.</summary>
    private void Resize(int capacity)
    {
        if (capacity > MostScanned) capacity = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        var entries = new Entry[capacity];
        var buckets = capacity > MostScanned ? new int[capacity] : null;
        var used = 0;
        foreach (ref readonly var old in Entries)
        {
            if (old.Value.IsNil) continue;
            if (used == capacity) break;
            ref var entry = ref entries[used];
            entry = old;
            entry.Next = -1;
            if (buckets is not null)
            {
                ref var bucket = ref buckets[entry.Hash & (buckets.Length - 1)];
                entry.Next = bucket - 1;
                bucket = used + 1;
            }
            used++;
        }
        _buckets = buckets;
        _entries = entries;
        _used = used;
    }

    private int LargestSparse()
    {
        if (_largestSparse > 0) return _largestSparse;
        var largest = 0;
        foreach (ref readonly var entry in Entries)
        {
            if (!entry.Value.IsNil && IsElement(entry.Key, out var key)) largest = Math.Max(largest, key);
        }
        _largestSparse = largest;
        return largest;
    }

    private static bool IsElement(in LuaValue key, out int whole)
    {
        whole = (int)key.Double;
        return key.IsNumber && whole >= 1 && whole < MostArray && whole == key.Double;
    }

    private Span<Entry> Entries
    {
        get
        {
            var entries = _entries;
            return entries is null ? default : entries.AsSpan(0, Math.Min(_used, entries.Length));
        }
    }

    private struct Entry
    {
        public LuaValue Key;
        public LuaValue Value;
        public int Hash;
        public int Next;
    }
}
