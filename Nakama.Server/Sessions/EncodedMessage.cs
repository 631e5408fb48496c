using Nakama.Protocol.Realtime;

namespace Nakama.Server.Sessions;

/// <summary>
/// One outgoing message, shared by all its receivers. It is encoded once per format, for the first receiver that uses it; the
/// envelope must not change after the payload is created.
/// </summary>
public sealed class EncodedMessage
{
    private Envelope? _envelope;
    private byte[]? _jsonFrame;
    private byte[]? _protobufFrame;
    private byte[]? _protobuf;
    private object? _form;

    public EncodedMessage(Envelope envelope) => _envelope = envelope;

    /// <summary>A message that another node has encoded.</summary>
    /// <param name="protobuf">The bare protobuf bytes.</param>
    public EncodedMessage(byte[] protobuf) => _protobuf = protobuf;

    public Envelope Envelope => _envelope ?? Decode();

    /// <summary>The text frame of a WebSocket, header included.</summary>
    public byte[] JsonFrame => _jsonFrame ?? Publish(ref _jsonFrame, EnvelopeFrames.Json(Envelope));

    /// <summary>The binary frame of a WebSocket, header included.</summary>
    public byte[] ProtobufFrame => _protobufFrame ?? Publish(ref _protobufFrame, EnvelopeFrames.Protobuf(Envelope));

    /// <summary>The bare protobuf bytes.</summary>
    public byte[] Protobuf => _protobuf ?? Publish(ref _protobuf, EnvelopeFrames.Bare(Envelope));

    /// <summary>Whether its sender accepts that it is lost.</summary>
    public bool IsUnreliable => Envelope is { MessageCase: Envelope.MessageOneofCase.MatchData, MatchData.Reliable: false };

    /// <summary>The form of the one transport with its own serialisation; created with its first receiver.</summary>
    public T FormOf<T>(Func<Envelope, T> make)
        where T : class
    {
        if (Volatile.Read(ref _form) is { } form) return (T)form;
        var made = make(Envelope);
        return (T)(Interlocked.CompareExchange(ref _form, made, null) ?? made);
    }

    private Envelope Decode()
    {
        var made = Envelope.Parser.ParseFrom(_protobuf);
        return Interlocked.CompareExchange(ref _envelope, made, null) ?? made;
    }

    // Two threads that send one payload may both encode it; they get equal bytes and share the first result.
    private static byte[] Publish(ref byte[]? slot, byte[] bytes) => Interlocked.CompareExchange(ref slot, bytes, null) ?? bytes;
}
