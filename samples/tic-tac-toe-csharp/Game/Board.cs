namespace TicTacToe;

/// <summary>Nine fields, which two players take in turn.</summary>
public sealed class Board
{
    private static readonly int[][] Lines = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

    private readonly int[] _fields = new int[9];

    /// <summary>The player whose turn it is, 1 or 2.</summary>
    public int Turn { get; private set; } = 1;

    /// <summary>The player who has won, 1 or 2; 0 when nobody has.</summary>
    public int Winner => Lines.FirstOrDefault(line => _fields[line[0]] != 0 && line.All(place => _fields[place] == _fields[line[0]])) is { } line
        ? _fields[line[0]]
        : 0;

    /// <summary>Whether the game is over.</summary>
    public bool IsOver => Winner != 0 || _fields.All(static taken => taken != 0);

    /// <summary>Takes a field; false when the move is not allowed.</summary>
    public bool TryPlay(int player, int field)
    {
        if (IsOver || player != Turn || field is < 0 or > 8 || _fields[field] != 0) return false;
        _fields[field] = player;
        Turn = 3 - player;
        return true;
    }

    /// <summary>The fields as nine digits: 0 free, 1 and 2 taken.</summary>
    public override string ToString() => string.Concat(_fields);
}
