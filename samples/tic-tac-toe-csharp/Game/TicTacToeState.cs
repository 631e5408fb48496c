using Nakama.GameLogic.Matches;

namespace TicTacToe;

/// <summary>A match: the board and who plays.</summary>
public sealed class TicTacToeState
{
    /// <summary>The board.</summary>
    public Board Board { get; } = new();

    /// <summary>The users who play, in the order in which they joined. They keep their seats when they lose their connection.</summary>
    public List<Guid> Players { get; } = [];

    /// <summary>The sessions that are connected.</summary>
    public Dictionary<Guid, IMatchPresence> Connected { get; } = [];

    /// <summary>The number of ticks since somebody was connected or moved.</summary>
    public int IdleTicks { get; set; }

    /// <summary>The user's number, 1 or 2; 0 for somebody else.</summary>
    public int NumberOf(Guid userId) => Players.IndexOf(userId) + 1;
}
