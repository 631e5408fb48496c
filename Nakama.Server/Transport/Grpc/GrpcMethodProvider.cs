using global::Grpc.AspNetCore.Server.Model;
using global::Grpc.Core;
using Google.Protobuf;
using Nakama.Server.Api;

namespace Nakama.Server.Transport.Grpc;

/// <summary>
/// Registers the methods of a service from its descriptor. They are bound as bidirectional streaming methods, which is
/// identical on the wire: in that form a call may end with a status and no message, where the library's unary form
/// requires an exception, and it starts when its message has arrived, where the unary form waits for the end of the stream.
/// </summary>
internal sealed class GrpcMethodProvider<TService>(TService service) : IServiceMethodProvider<TService>
    where TService : GrpcApi
{
    private static readonly Marshaller<GrpcResponse> Responses = Marshallers.Create<GrpcResponse>(Write, static _ => throw new NotSupportedException());

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        var map = service.Service.Map;
        foreach (var method in map.Methods)
        {
            var marshaller = RequestsOf(method);
            context.AddDuplexStreamingMethod(
                new Method<GrpcRequest, GrpcResponse>(MethodType.DuplexStreaming, method.Descriptor.Service.FullName, method.Name, marshaller, Responses),
                [],
                (api, requests, responses, call) => api.HandleAsync(method, requests, responses, call));
        }
    }

    private Marshaller<GrpcRequest> RequestsOf(ApiMethod method)
    {
        var parser = method.Descriptor.InputType.Parser;
        var max = service.MaxMessageBytes;
        return Marshallers.Create(static (_, _) => throw new NotSupportedException(), Read);

        GrpcRequest Read(DeserializationContext payload)
        {
            if (payload.PayloadLength > max) return new(null, payload.PayloadLength, GrpcErrors.TooLargeDecompressed(max));
            try
            {
                return new(parser.ParseFrom(payload.PayloadAsReadOnlySequence()), payload.PayloadLength, null);
            }
            catch (InvalidProtocolBufferException e)
            {
                return new(null, payload.PayloadLength, GrpcErrors.NotAMessage(e.Message));
            }
        }
    }

    private static void Write(GrpcResponse response, SerializationContext context)
    {
        context.SetPayloadLength(response.Size);
        response.Message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }
}
