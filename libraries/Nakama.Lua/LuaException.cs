namespace Nakama.Lua;

/// <summary>
/// An error of a script, or one that a native function raises. Its value is what <c>pcall</c> hands to the script: most
/// often a text with a position, but it can be any value.
/// </summary>
public sealed class LuaException : Exception
{
    public LuaException(LuaValue value) => Value = value;

    /// <summary>A text as it is, without a position. Native functions get one from <see cref="LuaCall.Error(string)"/>.</summary>
    public LuaException(string message) => Value = message;

    public LuaException(string message, Exception cause)
        : base(message, cause) => Value = message;

    public LuaException()
        : this("error")
    {
    }

    private LuaException(string message, bool isFatal)
        : this(message) => IsFatal = isFatal;

    public LuaValue Value { get; }

    public override string Message => Value.ToString();

    /// <summary>Whether the script cannot catch it: a budget is spent or the call is cancelled.</summary>
    public bool IsFatal { get; }

    /// <summary>The calls that led to the error, innermost first; empty until the error leaves the interpreter.</summary>
    public string Traceback { get; internal set; } = "";

    internal static LuaException Fatal(string message) => new(message, isFatal: true);
}
