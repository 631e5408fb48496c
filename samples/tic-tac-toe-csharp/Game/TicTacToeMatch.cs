using System.Globalization;
using System.Text;
using Nakama.GameLogic.Matches;

namespace TicTacToe;

/// <summary>
/// The rules. A client sends the number of a field; everybody gets <c>board turn winner</c> after each change, such as
/// <c>120000000 1 0</c>. A player who was disconnected may join again and goes on.
/// </summary>
public sealed class TicTacToeMatch : MatchHandler<TicTacToeState>
{
    /// <summary>The label of a match that waits for a second player.</summary>
    public const string OpenLabel = "open";

    /// <summary>A client takes a field.</summary>
    public const long MoveCode = 1;

    /// <summary>The server shows the board.</summary>
    public const long BoardCode = 2;

    /// <summary>The server refuses a move.</summary>
    public const long RefusedCode = 3;

    private const int TicksPerSecond = 5;
    private const int MaxIdleTicks = 30 * TicksPerSecond;

    /// <inheritdoc/>
    public override ValueTask<MatchStart<TicTacToeState>> InitAsync(IMatch match, IReadOnlyDictionary<string, object?> parameters) =>
        new(new MatchStart<TicTacToeState>(new TicTacToeState(), TicksPerSecond, OpenLabel));

    /// <inheritdoc/>
    public override ValueTask<MatchJoinDecision<TicTacToeState>> JoinAttemptAsync(IMatch match, TicTacToeState state, MatchJoinAttempt attempt)
    {
        var isPlayer = state.NumberOf(attempt.Presence.UserId) > 0;
        return new(new MatchJoinDecision<TicTacToeState>(state, isPlayer || state.Players.Count < 2, "The match is full."));
    }

    /// <inheritdoc/>
    public override ValueTask<TicTacToeState?> JoinAsync(IMatch match, TicTacToeState state, IReadOnlyList<IMatchPresence> presences)
    {
        foreach (var presence in presences)
        {
            state.Connected[presence.SessionId] = presence;
            if (state.NumberOf(presence.UserId) == 0) state.Players.Add(presence.UserId);
        }

        if (state.Players.Count == 2)
        {
            match.UpdateLabel("playing");
            Show(match, state);
        }

        return new(state);
    }

    /// <inheritdoc/>
    public override ValueTask<TicTacToeState?> LeaveAsync(IMatch match, TicTacToeState state, IReadOnlyList<IMatchPresence> presences)
    {
        foreach (var presence in presences) state.Connected.Remove(presence.SessionId);
        return new(state);
    }

    /// <inheritdoc/>
    public override ValueTask<TicTacToeState?> LoopAsync(IMatch match, TicTacToeState state, IReadOnlyList<MatchMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.OpCode == MoveCode) Play(match, state, message);
        }

        state.IdleTicks = state.Connected.Count > 0 && messages.Count > 0 ? 0 : state.IdleTicks + 1;
        return new(state.Board.IsOver || state.IdleTicks >= MaxIdleTicks ? null : state);
    }

    private static void Play(IMatch match, TicTacToeState state, MatchMessage message)
    {
        var isField = int.TryParse(Encoding.UTF8.GetString(message.Data.Span), NumberStyles.None, CultureInfo.InvariantCulture, out var field);
        if (isField && state.Players.Count == 2 && state.Board.TryPlay(state.NumberOf(message.Sender.UserId), field)) Show(match, state);
        else match.Broadcast(RefusedCode, "That move is not allowed."u8, [message.Sender]);
    }

    private static void Show(IMatch match, TicTacToeState state) =>
        match.Broadcast(BoardCode, Encoding.UTF8.GetBytes($"{state.Board} {state.Board.Turn} {state.Board.Winner}"));
}
