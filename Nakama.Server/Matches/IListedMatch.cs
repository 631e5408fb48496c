namespace Nakama.Server.Matches;

/// <summary>An authoritative match of any node as listings show it. Its members may be read from any thread.</summary>
internal interface IListedMatch
{
    /// <summary>The id that clients use.</summary>
    string MatchId { get; }

    /// <summary>The name of the node on which it runs.</summary>
    string Node { get; }

    /// <summary>The newest label.</summary>
    string Label { get; }

    /// <summary>The number of members.</summary>
    int Size { get; }

    /// <summary>Ticks per second.</summary>
    int TickRate { get; }

    /// <summary>The name of the match handler.</summary>
    string HandlerName { get; }

    /// <summary>The time of creation, in milliseconds since the epoch.</summary>
    long CreatedAtMs { get; }
}
