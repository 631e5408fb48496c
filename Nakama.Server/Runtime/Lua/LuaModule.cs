using Nakama.Lua;

namespace Nakama.Server.Runtime.Lua;

/// <summary>A compiled module.</summary>
/// <param name="Name">The name for <c>require</c>.</param>
/// <param name="File">The source file.</param>
/// <param name="ModifiedAt">When the file was last changed.</param>
/// <param name="Code">The code from which all interpreters create their functions.</param>
internal sealed record LuaModule(string Name, string File, DateTimeOffset ModifiedAt, LuaPrototype Code);
