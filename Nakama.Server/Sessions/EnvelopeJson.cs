using System.Buffers;
using Nakama.Protocol.Json;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Sessions;

/// <summary>The JSON form of envelopes: proto names, zero values omitted, enums as numbers.</summary>
public static class EnvelopeJson
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>Valid until the next call on this thread.</summary>
    public static ReadOnlySpan<byte> Write(Envelope envelope)
    {
        var scratch = _scratch;
        // The memory of a large message must not be retained.
        if (scratch is null || scratch.Capacity > KeptBytes) _scratch = scratch = new ArrayBufferWriter<byte>(1024);
        scratch.ResetWrittenCount();
        ProtoJson.Write(envelope, scratch, JsonFormat.Api);
        return scratch.WrittenSpan;
    }

    /// <exception cref="ProtoJsonException">The text is not exactly one envelope.</exception>
    public static Envelope Parse(ReadOnlySpan<byte> json)
    {
        var envelope = new Envelope();
        ProtoJson.ReadStrict(json, envelope);
        return envelope;
    }
}
