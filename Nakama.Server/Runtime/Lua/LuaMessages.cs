using System.Buffers;
using Google.Protobuf;
using Nakama.Lua;
using Nakama.Protocol.Json;

namespace Nakama.Server.Runtime.Lua;

/// <summary>
/// Converts API messages for Lua through their JSON form: with the field names of the protocol, without default values,
/// and with 64-bit numbers as strings.
/// </summary>
internal static class LuaMessages
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>A missing message is an empty table.</summary>
    public static LuaValue ToLua(IMessage? message)
    {
        if (message is null) return new LuaTable();
        var scratch = _scratch;
        if (scratch is null || scratch.Capacity > KeptBytes) _scratch = scratch = new ArrayBufferWriter<byte>(1024);
        scratch.ResetWrittenCount();
        ProtoJson.Write(message, scratch, JsonFormat.Api);
        return LuaJsonReader.Read(scratch.WrittenSpan);
    }
}
