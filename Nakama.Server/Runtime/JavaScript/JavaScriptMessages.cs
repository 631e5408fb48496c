using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Jint;
using Jint.Native;
using Nakama.Protocol.Json;
using JsonParser = Jint.Native.Json.JsonParser;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Converts API messages for JavaScript through their JSON form: with names in camelCase, with default values, and with
/// 64-bit numbers as strings.
/// </summary>
internal static class JavaScriptMessages
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>A message that is missing or has no fields is null.</summary>
    public static JsValue ToScript(Engine engine, IMessage? message)
    {
        if (message is null or Empty) return JsValue.Null;
        var scratch = _scratch;
        if (scratch is null || scratch.Capacity > KeptBytes) _scratch = scratch = new ArrayBufferWriter<byte>(1024);
        scratch.ResetWrittenCount();
        ProtoJson.Write(message, scratch, JsonFormat.Script);
        return new JsonParser(engine).Parse(scratch.WrittenSpan);
    }
}
