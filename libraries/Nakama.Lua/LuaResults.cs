using System.Diagnostics.CodeAnalysis;
using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <summary>The results of a call. This is a view into the interpreter, valid until the interpreter runs again.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares results.")]
public readonly struct LuaResults
{
    private readonly LuaCoroutine _thread;
    private readonly int _first;

    internal LuaResults(LuaCoroutine thread, int first, int count)
    {
        _thread = thread;
        _first = first;
        Count = count;
    }

    public int Count { get; }

    /// <summary>The last value, or nil when there is none.</summary>
    public LuaValue Last => this[Count - 1];

    /// <summary>The value at this index, from zero, or nil beyond the last.</summary>
    public LuaValue this[int index] => index >= 0 && index < Count ? _thread.Stack[_first + index] : default;

    public LuaValue[] ToArray() => Count == 0 ? [] : _thread.Stack.AsSpan(_first, Count).ToArray();
}
