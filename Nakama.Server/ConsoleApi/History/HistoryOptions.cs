namespace Nakama.Server.ConsoleApi.History;

/// <summary>Settings below <c>console.history</c>.</summary>
public sealed record HistoryOptions
{
    /// <summary>How long the history of operators' changes is kept, in seconds, at least 1.</summary>
    public int MaxAgeSec { get; init; } = 90 * 24 * 60 * 60;

    /// <summary>How many of the newest changes of an object the history keeps; 0 for no history.</summary>
    public int MaxEntriesPerObject { get; init; } = 100;

    /// <summary>Whether changes are kept.</summary>
    internal bool IsOn => MaxEntriesPerObject > 0;
}
