using Google.Protobuf.WellKnownTypes;

namespace Nakama.Server.Api;

/// <summary>Reports that the process is running; does not check the database.</summary>
internal sealed class HealthcheckApi : IApiFeature
{
    private static readonly Empty Alive = new();

    public void Map(ApiMap api) => api.Map<Empty, Empty>("Healthcheck", static (_, _, _) => new(Alive));
}
