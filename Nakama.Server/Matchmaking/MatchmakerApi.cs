using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Matchmaking;

/// <summary>Statistics of the matchmaker, from the node that makes the matches.</summary>
internal sealed class MatchmakerApi(Matchmaker matchmaker, MatchmakerStatistics statistics, MessageBus bus) : IApiFeature, IBusFeature
{
    public void Map(ApiMap api) =>
        api.Map<Empty, MatchmakerStats>("GetMatchmakerStats", (_, _, cancellationToken) => ReadAsync(cancellationToken));

    void IBusFeature.Map(BusMap map) => map.Answer(
        MatchmakerMessages.Statistics,
        (_, _, _) => new ValueTask<MatchmakerStatisticsAnswer>(new MatchmakerStatisticsAnswer { Stats = statistics.Read().ToByteString() }));

    private async ValueTask<MatchmakerStats> ReadAsync(CancellationToken cancellationToken)
    {
        if (matchmaker.Owner is not { IsLocal: false } owner) return statistics.Read();
        try
        {
            var answer = await bus.AskAsync(owner, MatchmakerMessages.Statistics, new Nothing(), cancellationToken);
            return MatchmakerStats.Parser.ParseFrom(answer.Stats);
        }
        catch (BusException)
        {
            return statistics.Read();
        }
    }
}
