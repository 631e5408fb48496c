using Google.Protobuf;
using Grpc.Core;

namespace Nakama.Tests.Transport;

/// <summary>Unary calls with the official client, without generated stubs.</summary>
internal static class GrpcCalls
{
    public static AsyncUnaryCall<TResponse> Call<TRequest, TResponse>(
        this CallInvoker client, string service, string method, TRequest request, CallOptions options = default)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        client.AsyncUnaryCall(new Method<TRequest, TResponse>(MethodType.Unary, service, method, Of<TRequest>(), Of<TResponse>()), null, options, request);

    public static CallOptions Bearer(string token, DateTime? deadline = null) =>
        new(new Metadata { { "authorization", "Bearer " + token } }, deadline);

    private static Marshaller<T> Of<T>()
        where T : class, IMessage<T>, new() =>
        Marshallers.Create(static message => message.ToByteArray(), static bytes =>
        {
            var message = new T();
            message.MergeFrom(bytes);
            return message;
        });
}
