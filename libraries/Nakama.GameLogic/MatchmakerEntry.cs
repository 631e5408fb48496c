namespace Nakama.GameLogic;

/// <summary>A player who waits for a match or was matched.</summary>
public sealed class MatchmakerEntry
{
    /// <summary>The user.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The session of the user.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The name of the user.</summary>
    public required string Username { get; init; }

    /// <summary>The node of the session.</summary>
    public required string Node { get; init; }

    /// <summary>The ticket; members of a party share one.</summary>
    public required string Ticket { get; init; }

    /// <summary>The party; empty for a player without one.</summary>
    public string PartyId { get; init; } = "";

    /// <summary>The fewest players of the match that the player waits for.</summary>
    public int MinCount { get; init; }

    /// <summary>The most players of the match that the player waits for.</summary>
    public int MaxCount { get; init; }

    /// <summary>When the ticket was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The text properties of the ticket.</summary>
    public required IReadOnlyDictionary<string, string> StringProperties { get; init; }

    /// <summary>The numeric properties of the ticket.</summary>
    public required IReadOnlyDictionary<string, double> NumericProperties { get; init; }

    /// <summary>The server's own object; null for entries that a test has made.</summary>
    internal object? Source { get; init; }
}
