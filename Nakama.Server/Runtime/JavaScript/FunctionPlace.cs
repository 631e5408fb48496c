namespace Nakama.Server.Runtime.JavaScript;

/// <summary>How every engine finds a function that InitModule registered.</summary>
internal enum FunctionPlace
{
    /// <summary>A member of the global object, looked up at every call.</summary>
    Global,

    /// <summary>A top-level name that is no member of the global object.</summary>
    Lexical,

    /// <summary>What InitModule registers when the engine runs it again.</summary>
    Init,
}
