using Nakama.Lua.Compiling;

namespace Nakama.Lua;

/// <summary>Compiled source. It is stateless: interpreters on any thread load it with <see cref="LuaMachine.Load"/>.</summary>
public sealed class LuaPrototype
{
    private LuaPrototype(LuaFunctionProto main) => Main = main;

    internal LuaFunctionProto Main { get; }

    public string ChunkName => Main.ChunkName;

    /// <summary>
    /// Compiles source. Error positions contain the chunk's name. Errors in the source are thrown as
    /// <see cref="LuaException"/> with the dialect's text, which for syntax errors ends with a line break.
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
