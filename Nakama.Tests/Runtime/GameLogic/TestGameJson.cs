using System.Text.Json.Serialization;

namespace Nakama.Tests.Runtime.GameLogic;

public sealed record JoinRequest(string Room, int Seats);

public sealed record JoinResponse(string Room, int Seats);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinResponse))]
internal sealed partial class TestGameJson : JsonSerializerContext;
