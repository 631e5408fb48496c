namespace Nakama.Server.Matchmaking;

/// <summary>Runs for each match that was made; returns the id of the match to join, or null for a new relayed match.</summary>
public delegate ValueTask<string?> MatchmakerMatchedHook(IReadOnlyList<MatchmakerEntry> entries, CancellationToken cancellationToken);

/// <summary>Selects the matches to make from the possible ones.</summary>
public delegate ValueTask<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>> MatchmakerOverrideHook(
    IReadOnlyList<IReadOnlyList<MatchmakerEntry>> candidates, CancellationToken cancellationToken);

/// <summary>Makes matches from all waiting players, by rules of its own.</summary>
public delegate ValueTask<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>> MatchmakerProcessorHook(
    IReadOnlyList<MatchmakerEntry> entries, CancellationToken cancellationToken);

/// <summary>The matchmaker hooks of game logic, registered at startup and only read afterwards.</summary>
public sealed class MatchmakerHooks
{
    public MatchmakerMatchedHook? Matched { get; set; }

    public MatchmakerOverrideHook? Override { get; set; }

    /// <summary>Takes precedence over <see cref="Override"/>.</summary>
    public MatchmakerProcessorHook? Processor { get; set; }
}
