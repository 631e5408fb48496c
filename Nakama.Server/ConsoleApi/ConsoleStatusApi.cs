using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>The status of the nodes, their configuration, and their extensions.</summary>
internal sealed class ConsoleStatusApi(LiveFeed feed, NodeSampler sampler, NakamaOptions options, TimeProvider time) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        api.Map<Empty, StatusList>("GetStatus", (_, _, _) => new(Status()));
        api.Map<Empty, Nakama.Protocol.Console.Config>("GetConfig", (_, _, _) => new(Config()));
        api.Map<Empty, Extensions>("RegisteredExtensions", (_, _, _) => new(new Extensions { Satori = options.Satori.ServerKey.Length > 0 }));
    }

    private StatusList Status()
    {
        var status = new StatusList { Timestamp = time.GetUtcNow().ToTimestamp() };
        foreach (var node in feed.Latest?.Nodes ?? [])
        {
            status.Nodes.Add(new StatusList.Types.Status
            {
                Name = node.Name,
                Health = StatusHealth.Ok,
                SessionCount = node.Sessions,
                PresenceCount = node.Presences,
                MatchCount = node.Matches,
                PartyCount = node.Parties,
                GoroutineCount = node.Threads,
                AvgLatencyMs = Floor(node.LatencyAvgMs),
                AvgRateSec = Floor(node.RequestsPerSec),
                AvgInputKbs = Floor(node.InputKibPerSec),
                AvgOutputKbs = Floor(node.OutputKibPerSec),
                CreateTime = sampler.StartedAt.ToTimestamp(),
            });
        }

        return status;
    }

    private Nakama.Protocol.Console.Config Config()
    {
        var config = new Nakama.Protocol.Console.Config { Config_ = ConfigJson.Write(options), ServerVersion = NodeSampler.Version };
        foreach (var warning in ConfigWarnings.For(options))
            config.Warnings.Add(new Nakama.Protocol.Console.Config.Types.Warning { Field = warning.Field, Message = warning.Message });
        return config;
    }

    private static double Floor(double value) => Math.Floor(value * 100) / 100;
}
