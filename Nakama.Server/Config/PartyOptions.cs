namespace Nakama.Server.Config;

/// <summary>Settings below <c>party</c>.</summary>
public sealed record PartyOptions
{
    /// <summary>≥1.</summary>
    public int LabelUpdateIntervalMs { get; init; } = 1000;

    public int IdleCheckIntervalMs { get; init; } = 30000;
}
