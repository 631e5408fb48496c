namespace Nakama.Server.Matchmaking;

/// <summary>Told of a match that has been made; returns the id of a match that the players shall join, or null for a new one.</summary>
public delegate ValueTask<string?> MatchmakerMatchedHook(IReadOnlyList<MatchmakerEntry> entries, CancellationToken cancellationToken);

/// <summary>Chooses among the matches that could be made those that are made.</summary>
public delegate ValueTask<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>> MatchmakerOverrideHook(
    IReadOnlyList<IReadOnlyList<MatchmakerEntry>> candidates, CancellationToken cancellationToken);

/// <summary>Makes matches of all players who wait, by whatever rules.</summary>
public delegate ValueTask<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>> MatchmakerProcessorHook(
    IReadOnlyList<MatchmakerEntry> entries, CancellationToken cancellationToken);

/// <summary>What game logic has to say about matches, registered at start and only read afterwards.</summary>
public sealed class MatchmakerHooks
{
    public MatchmakerMatchedHook? Matched { get; set; }

    public MatchmakerOverrideHook? Override { get; set; }

    /// <summary>Goes before <see cref="Override"/>.</summary>
    public MatchmakerProcessorHook? Processor { get; set; }
}
