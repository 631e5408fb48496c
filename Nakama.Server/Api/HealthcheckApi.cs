using Google.Protobuf.WellKnownTypes;

namespace Nakama.Server.Api;

/// <summary>Says that the process lives; nothing about its database.</summary>
internal sealed class HealthcheckApi : IApiFeature
{
    private static readonly Empty Alive = new();

    public void Map(ApiMap api) => api.Map<Empty, Empty>("Healthcheck", static (_, _, _) => new(Alive));
}
