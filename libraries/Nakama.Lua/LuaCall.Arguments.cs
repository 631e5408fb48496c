using System.Diagnostics.CodeAnalysis;

namespace Nakama.Lua;

/// <content>Argument checks, and their errors.</content>
public readonly partial struct LuaCall
{
    /// <summary>Any value; a missing argument is an error.</summary>
    public LuaValue CheckAny(int number) => number <= Count ? this[number] : throw ArgumentError(number, "value expected");

    public double CheckNumber(int number) => this[number].TryGetNumber(out var value) ? value : throw TypeError(number, LuaKind.Number);

    /// <summary>A number truncated toward zero.</summary>
    public long CheckInteger(int number) => LuaNumber.ToInteger(CheckNumber(number));

    public int CheckInt32(int number) => (int)Math.Clamp(CheckInteger(number), int.MinValue, int.MaxValue);

    /// <summary>A string, or a number as one.</summary>
    public LuaString CheckString(int number)
    {
        var value = this[number];
        return value.AsString ?? (value.IsNumber ? LuaNumber.Format(value.Double) : throw TypeError(number, LuaKind.String));
    }

    /// <summary>A string, read as UTF-8, or a number as one.</summary>
    public string CheckText(int number) => CheckString(number).ToString();

    public bool CheckBoolean(int number)
    {
        var value = this[number];
        return value.IsBoolean ? value.IsTruthy : throw TypeError(number, LuaKind.Boolean);
    }

    public LuaTable CheckTable(int number) => this[number].AsTable ?? throw TypeError(number, LuaKind.Table);

    public LuaFunction CheckFunction(int number) => this[number].AsFunction ?? throw TypeError(number, LuaKind.Function);

    public double OptionalNumber(int number, double otherwise) => IsNoneOrNil(number) ? otherwise : CheckNumber(number);

    public long OptionalInteger(int number, long otherwise) => IsNoneOrNil(number) ? otherwise : CheckInteger(number);

    public bool OptionalBoolean(int number, bool otherwise) => IsNoneOrNil(number) ? otherwise : CheckBoolean(number);

    public LuaTable? OptionalTable(int number) => IsNoneOrNil(number) ? null : CheckTable(number);

    public LuaFunction? OptionalFunction(int number) => IsNoneOrNil(number) ? null : CheckFunction(number);

    /// <summary>A string; a number is not accepted.</summary>
    [return: NotNullIfNotNull(nameof(otherwise))]
    public LuaString? OptionalString(int number, LuaString? otherwise) =>
        IsNoneOrNil(number) ? otherwise : this[number].AsString ?? throw TypeError(number, LuaKind.String);

    /// <summary>A string, read as UTF-8; a number is not accepted.</summary>
    [return: NotNullIfNotNull(nameof(otherwise))]
    public string? OptionalText(int number, string? otherwise) => OptionalString(number, null)?.ToString() ?? otherwise;

    /// <summary><c>file:line: message</c>, with the line of the call in the script.</summary>
    public LuaException Error(string message) => LuaMachine.Error(_thread, message);

    /// <summary><c>bad argument #N to name (problem)</c>, where the name is the one that the script calls the function by.</summary>
    public LuaException ArgumentError(int number, string problem) =>
        LuaMachine.Error(_thread, $"bad argument #{number} to {LuaMachine.CalleeName(_thread)} ({problem})");

    public LuaException TypeError(int number, LuaKind expected) => TypeError(number, LuaText.NameOf(expected));

    /// <summary><c>bad argument #N to name (expected expected, got kind)</c>.</summary>
    public LuaException TypeError(int number, string expected) =>
        ArgumentError(number, $"{expected} expected, got {LuaText.NameOf(this[number].Kind)}");
}
