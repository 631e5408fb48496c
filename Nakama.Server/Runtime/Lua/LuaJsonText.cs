using System.Buffers;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The bytes that matter in JSON strings.</summary>
internal static class LuaJsonText
{
    private static readonly byte[] Controls = [.. Enumerable.Range(0, ' ').Select(static c => (byte)c)];

    /// <summary>Where a string ends, has an escape or breaks the rules.</summary>
    public static readonly SearchValues<byte> Stops = SearchValues.Create([.. Controls, (byte)'"', (byte)'\\']);

    /// <summary>What is written as it is.</summary>
    public static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', 0x80 - ' ').Select(static c => (byte)c).Except("\"\\<>&"u8.ToArray())]);
}
