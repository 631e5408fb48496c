using System.Globalization;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Transport.Grpc;

/// <summary>The refusals of a call before it reaches a method.</summary>
internal static class GrpcErrors
{
    /// <summary>The trailer that holds the number of seconds after which the client may retry.</summary>
    public const string RetryAfter = "retry-after";

    public static readonly string RetryAfterText = RateLimit.RetryAfterSec.ToString(CultureInfo.InvariantCulture);

    public static readonly GrpcStatus TooMany = new(StatusCode.ResourceExhausted, RequestRateLimits.Text);

    public static readonly GrpcStatus MalformedTimeout = new(StatusCode.Internal, "malformed grpc-timeout");

    public static readonly GrpcStatus DeadlineExceeded = new(StatusCode.DeadlineExceeded, ApiErrors.DeadlineText);

    public static readonly GrpcStatus Canceled = new(StatusCode.Canceled, ApiErrors.CanceledText);

    public static readonly GrpcStatus Incomplete = new(StatusCode.Internal, "unexpected EOF");

    public static readonly GrpcStatus NoEncoding =
        new(StatusCode.Internal, "grpc: compressed flag set with identity or empty encoding");

    public static readonly GrpcStatus NotPost = new(StatusCode.Internal, "gRPC calls use POST");

    public static GrpcStatus NotGrpc(string? contentType) =>
        new(StatusCode.InvalidArgument, $"invalid gRPC request content-type \"{contentType}\"");

    public static GrpcStatus MalformedName(string path) => new(StatusCode.Unimplemented, $"malformed method name: \"{path}\"");

    public static GrpcStatus UnknownService(string name) => new(StatusCode.Unimplemented, $"unknown service {name}");

    public static GrpcStatus UnknownMethod(string service, string name) =>
        new(StatusCode.Unimplemented, $"unknown method {name} for service {service}");

    public static GrpcStatus UnknownFlag(byte flag) => new(StatusCode.Internal, $"grpc: received unexpected payload format {flag}");

    public static GrpcStatus UnknownEncoding(string name) =>
        new(StatusCode.Unimplemented, $"grpc: Decompressor is not installed for grpc-encoding \"{name}\"");

    public static GrpcStatus TooLarge(long size, int max) =>
        new(StatusCode.ResourceExhausted, $"grpc: received message larger than max ({size} vs. {max})");

    public static GrpcStatus TooLargeDecompressed(int max) =>
        new(StatusCode.ResourceExhausted, $"grpc: received message after decompression larger than max {max}");

    public static GrpcStatus NotAMessage(string reason) => new(StatusCode.Internal, $"grpc: error unmarshalling request: {reason}");
}
