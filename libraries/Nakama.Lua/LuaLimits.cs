namespace Nakama.Lua;

/// <summary>Resource limits of scripts. The defaults are those of an interpreter in the pool.</summary>
public sealed record LuaLimits
{
    /// <summary>Instructions of one call from the host, including nested calls; about ten nanoseconds each.</summary>
    public long InstructionCount { get; init; } = 2_000_000_000;

    /// <summary>Estimated memory of the tables, strings and functions of one interpreter, in bytes.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Nested calls, without tail calls.</summary>
    public int CallDepth { get; init; } = 128;

    /// <summary>Slots for arguments and local variables of all calls together.</summary>
    public int StackSlots { get; init; } = 512;

    /// <summary>The longest string, in bytes.</summary>
    public int StringBytes { get; init; } = 64 << 20;
}
