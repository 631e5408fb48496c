namespace Nakama.Lua.Running;

/// <summary>Functions that the interpreter runs by itself, so that it can leave and come back while they are active.</summary>
internal enum LuaSpecial : byte
{
    None,
    Async,
    ProtectedCall,
    ProtectedCallWithHandler,
    Resume,
    Wrap,
    Yield,
    Next,
    NextIndex,
    Error,
}
