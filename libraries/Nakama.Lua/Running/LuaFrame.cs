namespace Nakama.Lua.Running;

internal enum LuaFrameKind : byte
{
    /// <summary>A script function.</summary>
    Script,

    /// <summary><c>pcall</c>: what it called is in the next frame.</summary>
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

    /// <summary>What <c>xpcall</c> was given for errors.</summary>
    public LuaFunction? Handler;

    public LuaFrameKind Kind;

    /// <summary>The slot of the first register.</summary>
    public int Base;

    /// <summary>The instruction to go on with.</summary>
    public int Next;

    /// <summary>The slot that results go to; all from there on belong to the call.</summary>
    public int Result;

    /// <summary>How many results the caller wants; -1 for all.</summary>
    public int Wanted;

    /// <summary>Arguments beyond the parameters; they lie below the base.</summary>
    public int VarargCount;

    /// <summary>Calls that this one has replaced.</summary>
    public int TailCallCount;
}
