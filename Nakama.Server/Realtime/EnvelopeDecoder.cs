using System.Text.Unicode;
using Google.Protobuf;
using Nakama.Protocol.Json;
using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Realtime;

/// <summary>Reads envelopes from clients, strictly: any deviation from the format is malformed.</summary>
public static class EnvelopeDecoder
{
    /// <summary>Null when the bytes are not an envelope.</summary>
    public static Envelope? Decode(SessionFormat format, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (format != SessionFormat.WebSocketJson) return Envelope.Parser.ParseFrom(bytes);
            return Utf8.IsValid(bytes) ? EnvelopeJson.Parse(bytes) : null;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ProtoJsonException)
        {
            return null;
        }
    }
}
