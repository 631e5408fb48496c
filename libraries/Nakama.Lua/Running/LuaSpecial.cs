namespace Nakama.Lua.Running;

/// <summary>Functions that the interpreter itself implements, so that it can be suspended while they are active.</summary>
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
