using System.Buffers;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The bytes with a special meaning in JSON strings.</summary>
internal static class LuaJsonText
{
    private static readonly byte[] Controls = [.. Enumerable.Range(0, ' ').Select(static c => (byte)c)];

    /// <summary>Bytes that end a string, begin an escape or are not allowed.</summary>
    public static readonly SearchValues<byte> Stops = SearchValues.Create([.. Controls, (byte)'"', (byte)'\\']);

    /// <summary>Bytes that are written without escaping.</summary>
    public static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', 0x80 - ' ').Select(static c => (byte)c).Except("\"\\<>&"u8.ToArray())]);
}
