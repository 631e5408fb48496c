namespace Nakama.Lua;

/// <summary>
/// An error raised by a script or a native function. Its value is what <c>pcall</c> returns to the script: usually a text
/// with a position, but it can be any value.
/// </summary>
public sealed class LuaException : Exception
{
    public LuaException(LuaValue value) => Value = value;

    /// <summary>The text without a position. <see cref="LuaCall.Error(string)"/> adds one for native functions.</summary>
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

    /// <summary>Whether scripts cannot catch the error: a budget is exhausted or the call is canceled.</summary>
    public bool IsFatal { get; }

    /// <summary>The calls that led to the error, innermost first; empty until the error leaves the interpreter.</summary>
    public string Traceback { get; internal set; } = "";

    internal static LuaException Fatal(string message) => new(message, isFatal: true);
}
