using Nakama.Lua;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Lua;

/// <summary>Reads and compiles the Lua modules of a folder without running them.</summary>
internal static class LuaModuleLoader
{
    /// <summary>All modules in the byte order of their names.</summary>
    /// <exception cref="StartupException">A module cannot be read or is not valid Lua; the message says which, where and why.</exception>
    public static List<LuaModule> Load(string folder) => LuaModuleSource.ReadAll(folder).ConvertAll(Compile);

    private static LuaModule Compile(LuaModuleSource source)
    {
        try
        {
            return new(source.Name, source.File, source.ModifiedAt, LuaPrototype.Compile(source.Text, source.File));
        }
        catch (LuaException e)
        {
            throw new StartupException($"The Lua module {source.Name} cannot be compiled: {e.Message.TrimEnd()}", e);
        }
    }
}
