using System.Text.Json;

namespace TicTacToe;

/// <summary>A player of a match.</summary>
public sealed class Player(Guid userId, string username)
{
    public Guid UserId { get; } = userId;

    public string Username { get; } = username;

    /// <summary>Null while the player is away.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>The tick since which the player is away.</summary>
    public long? AwaySince { get; set; } = 0;
}

/// <summary>The board and the players.</summary>
public sealed class Game(List<Player> players)
{
    private const int Draw = 3;

    private static readonly int[][] Lines = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

    private readonly int[] _board = new int[9];

    public List<Player> Players { get; } = players;

    /// <summary>The mark that plays next.</summary>
    public int Turn { get; private set; } = 1;

    /// <summary>0 while the game goes on, 1 or 2 for the mark that has won, 3 for a draw.</summary>
    public int Winner { get; set; }

    /// <summary>The tick in which the game ended.</summary>
    public long OverAt { get; set; }

    public string Label => JsonSerializer.Serialize(
        new GameLabel("tic-tac-toe", [.. Players.Select(player => player.UserId)], Winner != 0), GameJson.Default.GameLabel);

    public GameView View => new(
        _board, [.. Players.Select(player => new PlayerView(player.UserId, player.Username, player.SessionId is not null))], Turn, Winner);

    /// <summary>1 or 2; 0 for others.</summary>
    public int MarkOf(Guid userId) => Players.FindIndex(player => player.UserId == userId) + 1;

    /// <summary>Applies a move, or returns why it is not allowed.</summary>
    public string? Play(int mark, int cell)
    {
        if (cell is < 0 or > 8) return "a move is a cell from 0 to 8";
        if (Winner != 0) return "the game is over";
        if (Turn != mark) return "it is not your turn";
        if (_board[cell] != 0) return "that cell is taken";
        _board[cell] = mark;
        Turn = 3 - mark;
        Winner = FindWinner();
        return null;
    }

    private int FindWinner()
    {
        foreach (var line in Lines)
        {
            var mark = _board[line[0]];
            if (mark != 0 && mark == _board[line[1]] && mark == _board[line[2]]) return mark;
        }

        return _board.Contains(0) ? 0 : Draw;
    }
}
