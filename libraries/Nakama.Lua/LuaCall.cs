using System.Diagnostics.CodeAnalysis;
using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <summary>
/// A call of a native function: its arguments, numbered from one as in error messages, and methods to return results.
/// It is valid until the function returns, or until its task completes.
/// </summary>
/// <example><code>
/// LuaFunction.Create("add", call => call.Return(call.CheckNumber(1) + call.CheckNumber(2)));
/// </code></example>
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares calls.")]
public readonly partial struct LuaCall
{
    private readonly LuaCoroutine _thread;
    private readonly int _base;

    internal LuaCall(LuaCoroutine thread, int first, int count)
    {
        _thread = thread;
        _base = first;
        Count = count;
    }

    /// <summary>The number of arguments, including trailing nils.</summary>
    public int Count { get; }

    public LuaMachine Machine => _thread.Machine;

    /// <summary>Is canceled when the host cancels the call.</summary>
    public CancellationToken CancellationToken => _thread.Machine.CancellationToken;

    internal LuaCoroutine Thread => _thread;

    /// <summary>The argument with this number, or nil when there is none.</summary>
    public LuaValue this[int number] => number >= 1 && number <= Count ? _thread.Stack[_base + number - 1] : default;

    public bool IsNoneOrNil(int number) => this[number].IsNil;

    /// <summary>Pushes a result. The function returns how many of the last pushed values are its results.</summary>
    public void Push(in LuaValue value)
    {
        _thread.Ensure(_thread.Top + 1);
        _thread.Stack[_thread.Top++] = value;
    }

    public int Return(in LuaValue value)
    {
        Push(value);
        return 1;
    }

    public int Return(in LuaValue first, in LuaValue second)
    {
        Push(first);
        Push(second);
        return 2;
    }

    public int Return(in LuaValue first, in LuaValue second, in LuaValue third)
    {
        Push(first);
        Push(second);
        Push(third);
        return 3;
    }

    /// <summary>Calls a function. The results are valid until the next call or push.</summary>
    public LuaResults Call(LuaFunction function, params ReadOnlySpan<LuaValue> arguments) => Machine.CallFrom(_thread, function, arguments);

    /// <summary>Charges work of a native function to the instruction budget, as about the instructions of an equal loop.</summary>
    public void Charge(long instructions) => Machine.Charge(instructions);

    /// <summary>As <c>tostring</c>, with metamethods.</summary>
    public LuaValue ToText(in LuaValue value) => Machine.ToText(_thread, value);
}
