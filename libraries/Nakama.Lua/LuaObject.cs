namespace Nakama.Lua;

/// <summary>Everything of Lua that lives on the heap. The only subclasses are those of this folder.</summary>
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
