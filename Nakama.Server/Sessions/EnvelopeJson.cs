using System.Text;
using Google.Protobuf;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Sessions;

/// <summary>The JSON form of envelopes: proto names, zero values left out, enums as numbers.</summary>
public static class EnvelopeJson
{
    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatEnumsAsIntegers(true));

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(false));

    public static byte[] Write(Envelope envelope) => Encoding.UTF8.GetBytes(Formatter.Format(envelope));

    /// <exception cref="InvalidProtocolBufferException">The text is no envelope.</exception>
    public static Envelope Parse(ReadOnlySpan<byte> json) => Parser.Parse<Envelope>(Encoding.UTF8.GetString(json));
}
