using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <content>Instructions and memory.</content>
public sealed partial class LuaMachine
{
    // Steps between two looks at the budgets and at the cancellation.
    private const long Slice = 20_000;

    // Counts down to the next look. Loops and calls take from it; a straight line of code is short.
    internal long Steps;
    private long _sliceStart;
    private long _remaining;
    private long _allocatedBefore;
    private long _allocated;
    private long _heldAtLast;

    /// <summary>Counts work of native functions as if it were so many instructions.</summary>
    internal void Charge(long instructions)
    {
        Steps -= instructions;
        if (Steps < 0) Tick();
    }

    private void StartBudget()
    {
        _remaining = Limits.InstructionCount;
        StartSlice();
        Continue();
    }

    private void StartSlice()
    {
        _sliceStart = Math.Min(Slice, _remaining);
        Steps = _sliceStart;
    }

    private void Tick()
    {
        _remaining -= _sliceStart - Steps;
        if (CancellationToken.IsCancellationRequested) throw LuaException.Fatal(CancelledText);
        if (_remaining <= 0) throw LuaException.Fatal(Position(_current) + "instruction limit exceeded");
        StartSlice();
        Pause();
        Continue();
        CheckMemory();
    }

    /// <summary>Adds up what this thread has allocated for the interpreter, which may go on with another thread.</summary>
    private void Pause() => _allocated += GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;

    private void Continue() => _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>
    /// Most of what is allocated is garbage soon, so what is still held is only measured when enough has been allocated to
    /// exceed the limit.
    /// </summary>
    private void CheckMemory()
    {
        var limit = Limits.MemoryBytes;
        if (_allocated < Math.Max(limit - _heldAtLast, limit / 8)) return;
        _allocated = 0;
        _heldAtLast = LuaMemory.Measure(this, limit);
        if (_heldAtLast > limit) throw LuaException.Fatal(Position(_current) + "memory limit exceeded");
    }

    /// <summary>An estimate of the bytes that the interpreter's globals, modules and stacks hold.</summary>
    public long MeasureMemory() => LuaMemory.Measure(this, long.MaxValue);

    internal IEnumerable<LuaTable> Roots()
    {
        yield return Globals;
        yield return Loaded;
        foreach (var metatable in _typeMetatables)
        {
            if (metatable is not null) yield return metatable;
        }
    }
}
