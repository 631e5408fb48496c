using Nakama.GameLogic;
using Nakama.GameLogic.Functions;

namespace TicTacToe;

/// <summary>The matchmaker finds two players; this module makes their match and finds it again for a client that was closed.</summary>
public sealed class TicTacToeGame(INakama nakama) : IGameModule
{
    private const string MatchName = "tic_tac_toe";

    public void Register(IGameBuilder game) => game
        .Match<TicTacToeMatch>(MatchName)
        .MatchmakerMatched(CreateMatchAsync)
        .Rpc("running_match", FindRunningMatchAsync, GameJson.Default.Nothing, GameJson.Default.RunningMatch);

    private async Task<string?> CreateMatchAsync(GameContext context, IReadOnlyList<MatchmakerEntry> entries)
    {
        if (entries.Count != 2) return null;
        return await nakama.Matches.CreateAsync(
            MatchName, new Dictionary<string, object?>
            {
                ["user_ids"] = entries.Select(object? (entry) => entry.UserId.ToString()).ToList(),
                ["usernames"] = entries.Select(object? (entry) => entry.Username).ToList(),
            });
    }

    private async Task<RunningMatch> FindRunningMatchAsync(RpcContext context, Nothing request)
    {
        var query = $"+label.game:tic-tac-toe +label.over:F +label.players:{context.UserId}";
        var matches = await nakama.Matches.ListAsync(limit: 1, authoritative: true, minSize: 0, maxSize: 2, query: query);
        return new RunningMatch(matches.Count > 0 ? matches[0].MatchId : "");
    }
}
