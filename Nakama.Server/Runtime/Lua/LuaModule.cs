using Nakama.Lua;

namespace Nakama.Server.Runtime.Lua;

/// <summary>A compiled module.</summary>
/// <param name="Name">What <c>require</c> calls it.</param>
/// <param name="File">Where it came from.</param>
/// <param name="Code">What all interpreters make their functions of.</param>
internal sealed record LuaModule(string Name, string File, LuaPrototype Code);
