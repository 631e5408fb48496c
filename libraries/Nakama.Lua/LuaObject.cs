namespace Nakama.Lua;

/// <summary>The base class of Lua objects on the heap. All subclasses are in this assembly.</summary>
public abstract class LuaObject
{
    private protected LuaObject()
    {
    }

    internal abstract LuaKind Kind { get; }
}

/// <summary>A local variable that a closure shares with its function.</summary>
internal sealed class LuaCell
{
    public LuaValue Value;
}
