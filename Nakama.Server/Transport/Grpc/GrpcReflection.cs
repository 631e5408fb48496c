using global::Grpc.Reflection;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Nakama.Server.Transport.Grpc;

/// <summary>Server reflection for tools such as grpcurl; each listener describes only its own services.</summary>
internal static class GrpcReflection
{
    private static readonly FileDescriptor[] Common =
    [
        global::Grpc.Health.V1.HealthReflection.Descriptor,
        global::Grpc.Reflection.V1.ReflectionReflection.Descriptor,
        global::Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor,
    ];

    /// <summary>The contracts of the operators' listener.</summary>
    public static readonly FileDescriptor[] Console =
    [
        Nakama.Protocol.Console.ConsoleReflection.Descriptor,
        Nakama.Protocol.Live.ConsoleLiveReflection.Descriptor,
        Nakama.Protocol.Oidc.ConsoleOidcReflection.Descriptor,
        Nakama.Protocol.History.ConsoleHistoryReflection.Descriptor,
    ];

    public static IEnumerable<ServiceDescriptor> With(params FileDescriptor[] contracts) => contracts.Concat(Common).SelectMany(file => file.Services);
}

internal sealed class GameReflection() : ReflectionV1ServiceImpl(GrpcReflection.With(Nakama.Protocol.Api.ApiReflection.Descriptor));

internal sealed class GameReflectionAlpha() : ReflectionServiceImpl(GrpcReflection.With(Nakama.Protocol.Api.ApiReflection.Descriptor));

internal sealed class ConsoleReflection() : ReflectionV1ServiceImpl(
    GrpcReflection.With(GrpcReflection.Console));

internal sealed class ConsoleReflectionAlpha() : ReflectionServiceImpl(
    GrpcReflection.With(GrpcReflection.Console));
