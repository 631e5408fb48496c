using System.Collections.Concurrent;
using Nakama.Lua;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The Lua strings of names that the server itself uses, each created once.</summary>
internal static class LuaKeys
{
    private static readonly ConcurrentDictionary<string, LuaString> Known = new(StringComparer.Ordinal);

    /// <summary>Only for names that are compile-time constants.</summary>
    public static LuaString Of(string name) => Known.TryGetValue(name, out var known) ? known : Known.GetOrAdd(name, LuaString.From);
}
