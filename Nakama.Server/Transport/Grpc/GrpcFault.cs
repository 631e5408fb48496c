using Nakama.Server.Errors;

namespace Nakama.Server.Transport.Grpc;

/// <summary>What is wrong with a call before it reaches a method.</summary>
internal static class GrpcFault
{
    public static ApiError UnknownService(string name) => new(StatusCode.Unimplemented, $"unknown service {name}");

    public static ApiError UnknownMethod(string service, string name) => new(StatusCode.Unimplemented, $"unknown method {name} for service {service}");

    public static ApiError MalformedName(string path) => new(StatusCode.Unimplemented, $"malformed method name: \"{path}\"");

    public static ApiError MalformedTimeout => new(StatusCode.Internal, "malformed grpc-timeout");

    public static ApiError TooLarge(long size, int max) =>
        new(StatusCode.ResourceExhausted, $"grpc: received message larger than max ({size} vs. {max})");

    public static ApiError TooLargeUnpacked(int max) =>
        new(StatusCode.ResourceExhausted, $"grpc: received message after decompression larger than max {max}");

    public static ApiError UnknownEncoding(string name) =>
        new(StatusCode.Unimplemented, $"grpc: Decompressor is not installed for grpc-encoding \"{name}\"");

    public static ApiError Incomplete => new(StatusCode.Internal, "unexpected EOF");

    public static ApiError NotAMessage(string why) => new(StatusCode.Internal, $"grpc: error unmarshalling request: {why}");
}
