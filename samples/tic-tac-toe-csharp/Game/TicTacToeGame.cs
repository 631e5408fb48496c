using Nakama.GameLogic;
using Nakama.GameLogic.Functions;

namespace TicTacToe;

/// <summary>Two players meet through the matchmaker or by the id of a match, and take turns.</summary>
public sealed class TicTacToeGame(INakama nakama) : IGameModule
{
    public const string Handler = "tic-tac-toe";

    public void Register(IGameBuilder game) => game
        .Match<TicTacToeMatch>(Handler)
        .MatchmakerMatched(async (_, _) => await nakama.Matches.CreateAsync(Handler))
        .Rpc("find_match", FindMatchAsync);

    /// <summary>A match that waits for a second player, or a new one.</summary>
    private async Task<string?> FindMatchAsync(RpcContext context, string payload)
    {
        var open = await nakama.Matches.ListAsync(1, authoritative: true, label: TicTacToeMatch.OpenLabel, maxSize: 1, cancellationToken: context.CancellationToken);
        return open.Count > 0 ? open[0].MatchId : await nakama.Matches.CreateAsync(Handler, cancellationToken: context.CancellationToken);
    }
}
