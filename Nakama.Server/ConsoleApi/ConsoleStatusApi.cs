using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>The status of the nodes.</summary>
internal sealed class ConsoleStatusApi(LiveFeed feed, TimeProvider time) : IConsoleFeature
{
    public void Map(ApiMap api) => api.Map<Empty, StatusList>("GetStatus", (_, _, _) => new(Status()));

    private StatusList Status()
    {
        var status = new StatusList { Timestamp = time.GetUtcNow().ToTimestamp() };
        foreach (var node in feed.Latest?.Nodes ?? [])
        {
            status.Nodes.Add(new StatusList.Types.Status
            {
                Name = node.Name,
                Health = node.IsReachable ? StatusHealth.Ok : StatusHealth.Error,
                SessionCount = node.Sessions,
                PresenceCount = node.Presences,
                MatchCount = node.Matches,
                PartyCount = node.Parties,
                GoroutineCount = node.Threads,
                AvgLatencyMs = Floor(node.LatencyAvgMs),
                AvgRateSec = Floor(node.RequestsPerSec),
                AvgInputKbs = Floor(node.InputKibPerSec),
                AvgOutputKbs = Floor(node.OutputKibPerSec),
                CreateTime = node.StartedAt == default ? null : node.StartedAt.ToTimestamp(),
            });
        }

        return status;
    }

    private static double Floor(double value) => Math.Floor(value * 100) / 100;
}
