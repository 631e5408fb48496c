using System.Runtime.CompilerServices;

namespace Nakama.Lua;

/// <summary>
/// A Lua value in 16 bytes, with unboxed numbers. The default is nil. The equality operators implement Lua's raw
/// equality: strings by their bytes, tables and functions by identity.
/// </summary>
public struct LuaValue : IEquatable<LuaValue>
{
    /// <summary>Null for nil, one of the tags for numbers and booleans, else the <see cref="LuaObject"/> itself.</summary>
    internal object? Reference;

    /// <summary>The number; undefined for other types.</summary>
    internal double Double;

    public LuaValue(double number)
    {
        Reference = NumberTag;
        Double = number;
    }

    public LuaValue(bool value) => Reference = value ? TrueTag : FalseTag;

    public LuaValue(LuaObject? value) => Reference = value;

    /// <summary>The text in UTF-8; null is nil.</summary>
    public LuaValue(string? text) => Reference = text is null ? null : LuaString.From(text);

    public static LuaValue Nil => default;

    // String literals are outside the garbage-collected heap, so comparing with them and storing them is cheapest.
    internal static object NumberTag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => "lua number";
    }

    internal static object TrueTag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => "lua true";
    }

    internal static object FalseTag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => "lua false";
    }

    public readonly LuaKind Kind =>
        Reference is null ? LuaKind.Nil
        : IsNumber ? LuaKind.Number
        : IsBoolean ? LuaKind.Boolean
        : Unsafe.As<LuaObject>(Reference).Kind;

    public readonly bool IsNil => Reference is null;

    public readonly bool IsNumber => ReferenceEquals(Reference, NumberTag);

    public readonly bool IsBoolean => ReferenceEquals(Reference, TrueTag) || ReferenceEquals(Reference, FalseTag);

    public readonly bool IsString => Reference is LuaString;

    public readonly bool IsTable => Reference is LuaTable;

    public readonly bool IsFunction => Reference is LuaFunction;

    /// <summary>Everything but nil and false.</summary>
    public readonly bool IsTruthy => Reference is not null && !ReferenceEquals(Reference, FalseTag);

    /// <summary>The number, or zero for anything that is not one; texts are not converted.</summary>
    public readonly double AsNumber => IsNumber ? Double : 0;

    /// <summary>The number truncated toward zero, or zero for anything that is not a number.</summary>
    public readonly long AsInteger => LuaNumber.ToInteger(AsNumber);

    public readonly LuaString? AsString => Reference as LuaString;

    public readonly LuaTable? AsTable => Reference as LuaTable;

    public readonly LuaFunction? AsFunction => Reference as LuaFunction;

    public readonly LuaUserData? AsUserData => Reference as LuaUserData;

    public static implicit operator LuaValue(double number) => new(number);

    public static implicit operator LuaValue(bool value) => new(value);

    public static implicit operator LuaValue(string? text) => new(text);

    public static implicit operator LuaValue(LuaObject? value) => new(value);

    public static bool operator ==(LuaValue left, LuaValue right) => left.Equals(right);

    public static bool operator !=(LuaValue left, LuaValue right) => !left.Equals(right);

    public readonly bool TryGetNumber(out double number)
    {
        number = Double;
        return IsNumber;
    }

    public readonly bool Equals(LuaValue other)
    {
        if (ReferenceEquals(Reference, other.Reference)) return !IsNumber || Double == other.Double;
        return Reference is LuaString left && other.Reference is LuaString right && left.Equals(right);
    }

    public override readonly bool Equals(object? obj) => obj is LuaValue other && Equals(other);

    public override readonly int GetHashCode() => LuaTable.HashOf(this);

    /// <summary>The text that <c>tostring</c> gives without metatables.</summary>
    public override readonly string ToString() => LuaText.Of(this).ToString();
}
