using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <content>Instructions and memory.</content>
public sealed partial class LuaMachine
{
    // Steps between two checks of the budgets and of cancellation.
    private const long Slice = 20_000;

    // Steps until the next check. Only loops and calls decrement it, because straight-line code is short.
    internal long Steps;
    private long _sliceStart;
    private long _remaining;
    private long _allocatedBefore;
    private long _allocated;
    private long _heldAtLast;

    /// <summary>Charges work of native functions as a number of instructions.</summary>
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

    /// <summary>Adds the bytes that this thread has allocated for the interpreter, which may continue on another thread.</summary>
    private void Pause() => _allocated += GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;

    private void Continue() => _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>
    /// Most allocations soon become garbage, so the memory in use is only measured when enough has been allocated to exceed
    /// the limit.
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
