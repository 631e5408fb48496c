using Grpc.Core;

namespace Nakama.Server.Cluster.Links;

/// <summary>
/// A received message of the stream.
/// </summary>
/// <param name="Frame">Null for bytes that cannot be a frame.</param>
internal sealed record LinkPacket(LinkFrame? Frame);

/// <summary>The one gRPC method of the port for nodes: a stream of frames in both directions.</summary>
internal static class LinkMethod
{
    public const string ServiceName = "nakama.cluster.Link";

    private static readonly Marshaller<LinkPacket> Packets = Marshallers.Create(Write, Read);

    public static readonly Method<LinkPacket, LinkPacket> Open = new(MethodType.DuplexStreaming, ServiceName, "Open", Packets, Packets);

    private static void Write(LinkPacket packet, SerializationContext context)
    {
        var bytes = packet.Frame!.Bytes;
        context.SetPayloadLength(bytes.Length);
        var writer = context.GetBufferWriter();
        System.Buffers.BuffersExtensions.Write(writer, bytes);
        context.Complete();
    }

    private static LinkPacket Read(DeserializationContext context) => new(LinkFrame.Read(context.PayloadAsReadOnlySequence()));
}
