namespace Nakama.Lua.Running;

internal enum LuaFrameKind : byte
{
    /// <summary>A script function.</summary>
    Script,

    /// <summary><c>pcall</c>; the called function is in the next frame.</summary>
    ProtectedCall,

    /// <summary><c>xpcall</c>.</summary>
    ProtectedCallWithHandler,

    /// <summary>The handler of an <c>xpcall</c> is running.</summary>
    Handler,
}

/// <summary>An active call.</summary>
internal struct LuaFrame
{
    /// <summary>Null unless it is a script function.</summary>
    public LuaClosure? Closure;

    /// <summary>The error handler of <c>xpcall</c>.</summary>
    public LuaFunction? Handler;

    public LuaFrameKind Kind;

    /// <summary>The slot of the first register.</summary>
    public int Base;

    /// <summary>The next instruction.</summary>
    public int Next;

    /// <summary>The slot for the results; all slots from there on belong to the call.</summary>
    public int Result;

    /// <summary>The number of results that the caller wants; -1 for all.</summary>
    public int Wanted;

    /// <summary>The number of arguments beyond the parameters; they are below the base.</summary>
    public int VarargCount;

    /// <summary>The number of calls that this one has replaced.</summary>
    public int TailCallCount;
}
