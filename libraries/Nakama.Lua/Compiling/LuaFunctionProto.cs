namespace Nakama.Lua.Compiling;

/// <summary>The code of one function, shared by all its closures in all interpreters.</summary>
internal sealed class LuaFunctionProto
{
    public required LuaInstruction[] Code { get; init; }

    public required LuaValue[] Constants { get; init; }

    public required LuaFunctionProto[] Protos { get; init; }

    /// <summary>For each upvalue a register of the enclosing function, or the complement of an index of its upvalues.</summary>
    public required int[] Upvalues { get; init; }

    public required int ParameterCount { get; init; }

    public required bool IsVararg { get; init; }

    public required int RegisterCount { get; init; }

    public required int[] Lines { get; init; }

    /// <summary>The names of called functions in the source, by instruction.</summary>
    public required Dictionary<int, LuaString> CallNames { get; init; }

    public required string ChunkName { get; init; }

    public required int Line { get; init; }

    public string Position(int instruction) => $"{ChunkName}:{Lines[Math.Clamp(instruction, 0, Lines.Length - 1)]}:";
}
