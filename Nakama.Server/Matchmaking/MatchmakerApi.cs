using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Api;
using Nakama.Server.Wire.Api;

namespace Nakama.Server.Matchmaking;

/// <summary>How the matchmaker is doing.</summary>
internal sealed class MatchmakerApi(MatchmakerStatistics statistics) : IApiFeature
{
    public void Map(ApiMap api) => api.Map<Empty, MatchmakerStats>("GetMatchmakerStats", (_, _, _) => new(statistics.Read()));
}
