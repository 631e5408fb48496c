namespace Nakama.Server.Matches;

/// <summary>A match as its handler knows it.</summary>
public sealed class MatchContext
{
    /// <summary>The maximum length of a label.</summary>
    public const int MaxLabelBytes = 2048;

    private readonly AuthoritativeMatch _match;

    internal MatchContext(AuthoritativeMatch match)
    {
        _match = match;
        Dispatcher = new MatchDispatcher(match);
    }

    /// <summary>The id that clients use.</summary>
    public string MatchId => _match.MatchId;

    /// <summary>The name of the node on which the match runs.</summary>
    public string Node => _match.Node;

    /// <summary>The newest label; empty before the start.</summary>
    public string Label => _match.Label;

    /// <summary>Ticks per second; 0 before the start.</summary>
    public int TickRate => _match.TickRate;

    /// <summary>Sends messages and changes the match; for use during the handler's calls.</summary>
    public MatchDispatcher Dispatcher { get; }
}
