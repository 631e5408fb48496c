using Nakama.Lua.Compiling;

namespace Nakama.Lua;

/// <summary>A compiled source. It holds no state: interpreters on any threads make functions of it with <see cref="LuaMachine.Load"/>.</summary>
public sealed class LuaPrototype
{
    private LuaPrototype(LuaFunctionProto main) => Main = main;

    internal LuaFunctionProto Main { get; }

    public string ChunkName => Main.ChunkName;

    /// <summary>
    /// Compiles a source once. The chunk's name stands in the positions of errors. What is wrong with the source comes as a
    /// <see cref="LuaException"/> with the dialect's text, which ends with a line end where it tells of syntax.
    /// </summary>
    public static LuaPrototype Compile(ReadOnlyMemory<byte> source, string chunkName)
    {
        try
        {
            return new(LuaGenerator.Generate(LuaParser.Parse(source, chunkName), chunkName));
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw new LuaException($"{chunkName}: function or expression too complex", exception);
        }
    }
}
