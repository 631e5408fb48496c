using Nakama.Server.Api;

namespace Nakama.Server.Transport.Grpc;

/// <summary>What tells the games' door from the operators'.</summary>
internal sealed record GrpcDoorSettings(DoorKind Kind, ApiAudience Audience, int MaxMessageBytes, int ProxyCount);
