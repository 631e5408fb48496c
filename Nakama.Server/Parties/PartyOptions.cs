namespace Nakama.Server.Parties;

/// <summary>Settings below <c>party</c>.</summary>
public sealed record PartyOptions
{
    /// <summary>How often changed labels reach the listing, in milliseconds, at least 1.</summary>
    public int LabelUpdateIntervalMs { get; init; } = 1000;

    /// <summary>How often empty parties are looked for, in milliseconds.</summary>
    public int IdleCheckIntervalMs { get; init; } = 30000;
}
