using System.Text.Json;
using Nakama.GameLogic.Matches;

namespace TicTacToe;

/// <summary>The rules of one match.</summary>
public sealed class TicTacToeMatch : MatchHandler<Game>
{
    private const long State = 1; // to clients: the whole game
    private const long Move = 2; // from clients: {"cell": 0 to 8}
    private const long Rejected = 3; // to one client: {"reason": "..."}

    private const int TicksPerSecond = 5;
    private const int AwayTicks = 30 * TicksPerSecond; // who is away for longer loses
    private const int OverTicks = 10 * TicksPerSecond; // how long the result can still be seen

    public override ValueTask<MatchStart<Game>> InitAsync(IMatch match, IReadOnlyDictionary<string, object?> parameters)
    {
        var userIds = (IReadOnlyList<object?>)parameters["user_ids"]!;
        var usernames = (IReadOnlyList<object?>)parameters["usernames"]!;
        var game = new Game([.. userIds.Zip(usernames, (id, name) => new Player(Guid.Parse((string)id!), (string)name!))]);
        return new(new MatchStart<Game>(game, TicksPerSecond, game.Label));
    }

    public override ValueTask<MatchJoinDecision<Game>> JoinAttemptAsync(IMatch match, Game game, MatchJoinAttempt attempt) =>
        new(game.MarkOf(attempt.Presence.UserId) > 0
            ? new MatchJoinDecision<Game>(game, IsAccepted: true)
            : new MatchJoinDecision<Game>(game, IsAccepted: false, "this game has its two players"));

    public override ValueTask<Game?> JoinAsync(IMatch match, Game game, IReadOnlyList<IMatchPresence> presences)
    {
        foreach (var presence in presences)
        {
            var player = game.Players[game.MarkOf(presence.UserId) - 1];
            (player.SessionId, player.AwaySince) = (presence.SessionId, null);
        }

        Show(match, game);
        return new(game);
    }

    public override ValueTask<Game?> LeaveAsync(IMatch match, Game game, IReadOnlyList<IMatchPresence> presences)
    {
        foreach (var presence in presences)
        {
            var player = game.Players[game.MarkOf(presence.UserId) - 1];
            // A player who has come back with another session stays.
            if (player.SessionId == presence.SessionId) (player.SessionId, player.AwaySince) = (null, match.Tick);
        }

        Show(match, game);
        return new(game);
    }

    public override ValueTask<Game?> LoopAsync(IMatch match, Game game, IReadOnlyList<MatchMessage> messages)
    {
        var hasChanged = false;
        foreach (var message in messages)
        {
            if (message.OpCode != Move) continue;
            var mark = game.MarkOf(message.Sender.UserId);
            if (game.Play(mark, ReadCell(message.Data.Span)) is { } reason)
            {
                match.Broadcast(Rejected, JsonSerializer.SerializeToUtf8Bytes(new Rejection(reason), GameJson.Default.Rejection), [message.Sender]);
                continue;
            }

            hasChanged = true;
            if (game.Winner != 0) Finish(match, game);
        }

        if (game.Winner == 0)
        {
            var away = game.Players.FindIndex(player => match.Tick - player.AwaySince > AwayTicks) + 1;
            if (away > 0)
            {
                game.Winner = 3 - away;
                Finish(match, game);
                hasChanged = true;
            }
        }
        else if (match.Tick - game.OverAt > OverTicks)
        {
            return default;
        }

        if (hasChanged) Show(match, game);
        return new(game);
    }

    public override ValueTask<MatchSignalAnswer<Game>> SignalAsync(IMatch match, Game game, string data) =>
        new(new MatchSignalAnswer<Game>(game, JsonSerializer.Serialize(game.View, GameJson.Default.GameView)));

    public override string DescribeState(Game game) => JsonSerializer.Serialize(game.View, GameJson.Default.GameView);

    private static void Show(IMatch match, Game game) =>
        match.Broadcast(State, JsonSerializer.SerializeToUtf8Bytes(game.View, GameJson.Default.GameView));

    private static void Finish(IMatch match, Game game)
    {
        game.OverAt = match.Tick;
        match.UpdateLabel(game.Label);
    }

    /// <summary>-1 for what is no move.</summary>
    private static int ReadCell(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, GameJson.Default.MoveMessage)?.Cell ?? -1;
        }
        catch (JsonException)
        {
            return -1;
        }
    }
}
