using Nakama.Lua.Compiling;
using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <summary>A function: a closure over a piece of source, or a native one.</summary>
public abstract class LuaFunction : LuaObject
{
    private protected LuaFunction()
    {
    }

    internal override LuaKind Kind => LuaKind.Function;

    /// <summary>A native function. Errors use the name by which the script calls it; this name is informational.</summary>
    public static LuaFunction Create(string name, LuaNative body) => new LuaNativeFunction(name, body);

    /// <summary>
    /// A native function that may complete asynchronously. Meanwhile no thread is blocked if the interpreter was entered by
    /// <see cref="LuaMachine.CallAsync(LuaFunction, ReadOnlySpan{LuaValue}, CancellationToken)"/> and there are only script
    /// functions, <c>pcall</c>, <c>xpcall</c>, coroutines and iterators in between; otherwise the thread blocks.
    /// </summary>
    public static LuaFunction CreateAsync(string name, LuaAsyncNative body) => new LuaNativeFunction(name, body);
}

/// <summary>Takes its arguments from the call, pushes its results there, and returns their number.</summary>
public delegate int LuaNative(LuaCall call);

/// <summary>Like <see cref="LuaNative"/>, but asynchronous. When it completes synchronously, it should allocate nothing.</summary>
public delegate ValueTask<int> LuaAsyncNative(LuaCall call);

/// <summary>A function prototype with its upvalues and the table of its globals.</summary>
internal sealed class LuaClosure(LuaFunctionProto proto, LuaCell[] upvalues, LuaTable environment) : LuaFunction
{
    public readonly LuaFunctionProto Proto = proto;
    public readonly LuaCell[] Upvalues = upvalues;
    public LuaTable Environment = environment;
}

internal sealed class LuaNativeFunction : LuaFunction
{
    public readonly string Name;
    public readonly LuaNative? Body;
    public readonly LuaAsyncNative? AsyncBody;
    public readonly LuaSpecial Special;

    /// <summary>The coroutine that a function of <c>coroutine.wrap</c> resumes.</summary>
    public readonly LuaCoroutine? Coroutine;

    public LuaNativeFunction(string name, LuaNative body) => (Name, Body) = (name, body);

    public LuaNativeFunction(string name, LuaAsyncNative body) => (Name, AsyncBody, Special) = (name, body, LuaSpecial.Async);

    public LuaNativeFunction(string name, LuaSpecial special, LuaNative? body = null, LuaCoroutine? coroutine = null) =>
        (Name, Special, Body, Coroutine) = (name, special, body, coroutine);
}
