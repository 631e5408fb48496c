using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nakama.Lua.Library;

/// <summary>A buffer for the arguments of a call, on the stack when they are few.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares these.")]
internal ref struct LuaArguments
{
    private const int Few = 4;

    private readonly LuaValue[]? _many;
    private readonly int _count;
    private FewValues _few;

    public LuaArguments(int count)
    {
        _count = count;
        _many = count > Few ? new LuaValue[count] : null;
    }

    [UnscopedRef]
    public Span<LuaValue> Span => _many ?? ((Span<LuaValue>)_few)[.._count];

    [InlineArray(Few)]
    private struct FewValues
    {
        private LuaValue _first;
    }
}
