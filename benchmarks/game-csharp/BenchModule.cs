using System.Globalization;
using Nakama.GameLogic;
using Nakama.GameLogic.Functions;

namespace BenchGame;

/// <summary>The half of the load tool that runs in the server: an echo, a leaderboard, and matches.</summary>
public sealed class BenchModule(INakama nakama) : IGameModule
{
    public void Register(IGameBuilder game) => game
        .Rpc("bench_echo", static (_, payload) => Task.FromResult<string?>(payload))
        .Rpc("bench_setup", SetUpAsync, BenchJson.Default.SetupRequest, BenchJson.Default.SetupResponse)
        .Rpc("bench_match_create", CreateAsync, BenchJson.Default.CreateRequest, BenchJson.Default.CreateResponse)
        .Rpc("bench_match_stop", StopAsync, BenchJson.Default.StopRequest, BenchJson.Default.StopResponse)
        .Match<BenchMatch>("bench");

    private async Task<SetupResponse> SetUpAsync(RpcContext context, SetupRequest request)
    {
        await nakama.Leaderboards.CreateAsync(new LeaderboardDefinition(request.Leaderboard), context.CancellationToken);
        return new SetupResponse();
    }

    private async Task<CreateResponse> CreateAsync(RpcContext context, CreateRequest request)
    {
        var ids = new List<string>(request.Count);
        for (var i = 0; i < request.Count; i++)
        {
            var parameters = new Dictionary<string, object?>
            {
                ["tick_rate"] = request.TickRate,
                ["echo"] = request.Echo,
                ["tick_marker"] = request.TickMarker,
                ["label"] = request.LabelMode == "index" ? LabelOf(request.First + i) : "",
            };
            ids.Add(await nakama.Matches.CreateAsync("bench", parameters, context.CancellationToken));
        }

        return new CreateResponse(ids);
    }

    private async Task<StopResponse> StopAsync(RpcContext context, StopRequest request)
    {
        var stopped = 0;
        foreach (var id in request.Ids)
        {
            try
            {
                await nakama.Matches.SignalAsync(id, "stop", context.CancellationToken);
            }
            catch (NakamaException e) when (e.Reason == NakamaReasons.MatchBusy)
            {
                // The match has ended with the signal.
            }

            stopped++;
        }

        return new StopResponse(stopped);
    }

    private static string LabelOf(int number) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"map":"map{{number % 10}}","mode":"{{(number % 2 == 0 ? "ranked" : "casual")}}","skill":{{number % 100}}}""");
}
