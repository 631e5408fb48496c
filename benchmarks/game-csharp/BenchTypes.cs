using System.Text.Json.Serialization;

namespace BenchGame;

public sealed record SetupRequest(string Leaderboard);

public sealed record SetupResponse;

public sealed record CreateRequest(int Count, int TickRate, bool Echo = false, bool TickMarker = false, string LabelMode = "none", int First = 0);

public sealed record CreateResponse(IReadOnlyList<string> Ids);

public sealed record StopRequest(IReadOnlyList<string> Ids);

public sealed record StopResponse(int Stopped);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SetupRequest))]
[JsonSerializable(typeof(SetupResponse))]
[JsonSerializable(typeof(CreateRequest))]
[JsonSerializable(typeof(CreateResponse))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(StopResponse))]
internal sealed partial class BenchJson : JsonSerializerContext;
