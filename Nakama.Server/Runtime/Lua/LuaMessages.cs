using System.Buffers;
using Google.Protobuf;
using Nakama.Lua;
using Nakama.Protocol.Json;

namespace Nakama.Server.Runtime.Lua;

/// <summary>
/// Messages of the API as Lua sees them: by way of their JSON form, so with the names of the contract, without what has
/// its default, and with 64-bit numbers as texts.
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
