using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Nakama.Lua;

/// <summary>A Lua string: immutable, arbitrary bytes.</summary>
public sealed class LuaString : LuaObject, IEquatable<LuaString>
{
    /// <summary>The overhead of the object and its array, for the memory budget.</summary>
    internal const int Overhead = 56;

    private static readonly LuaString[] Singles = [.. Enumerable.Range(0, 256).Select(value => new LuaString([(byte)value]))];

    internal readonly byte[] Bytes;
    private int _hash;

    internal LuaString(byte[] bytes) => Bytes = bytes;

    public static LuaString Empty { get; } = new([]);

    public int Length => Bytes.Length;

    public ReadOnlySpan<byte> Span => Bytes;

    internal override LuaKind Kind => LuaKind.String;

    /// <summary>Never zero, because zero means that it has not been computed yet.</summary>
    internal int Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _hash != 0 ? _hash : ComputeHash();
    }

    /// <summary>The text in UTF-8.</summary>
    public static LuaString From(string text) => text.Length == 0 ? Empty : new(Encoding.UTF8.GetBytes(text));

    public static LuaString From(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        0 => Empty,
        1 => Singles[bytes[0]],
        _ => new(bytes.ToArray()),
    };

    internal static LuaString Single(byte value) => Singles[value];

    /// <summary>Takes ownership of the array, which must not be changed afterwards.</summary>
    internal static LuaString Over(byte[] bytes) => bytes.Length == 0 ? Empty : new(bytes);

    public bool Equals(LuaString? other)
    {
        if (ReferenceEquals(this, other)) return true;
        return other is not null && Bytes.Length == other.Bytes.Length && Hash == other.Hash && Bytes.AsSpan().SequenceEqual(other.Bytes);
    }

    public override bool Equals(object? obj) => Equals(obj as LuaString);

    public override int GetHashCode() => Hash;

    /// <summary>Decoded as UTF-8; invalid bytes become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    /// <summary>Compares byte by byte.</summary>
    internal int CompareTo(LuaString other) => Bytes.AsSpan().SequenceCompareTo(other.Bytes);

    /// <summary>The hash of a string with these bytes. The seed is per process, so colliding keys cannot be prepared.</summary>
    internal static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var pairs = MemoryMarshal.Cast<byte, char>(bytes);
        var hash = string.GetHashCode(pairs);
        if ((bytes.Length & 1) != 0) hash = HashCode.Combine(hash, bytes[^1]);
        return hash == 0 ? 1 : hash;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ComputeHash() => _hash = HashOf(Bytes);
}
