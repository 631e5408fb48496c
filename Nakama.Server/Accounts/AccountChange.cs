namespace Nakama.Server.Accounts;

/// <summary>The changes to a profile: null keeps a value, an empty text clears it.</summary>
public sealed record AccountChange
{
    public string? Username { get; init; }

    public string? DisplayName { get; init; }

    public string? AvatarUrl { get; init; }

    /// <summary>Cannot be cleared: the database refuses it.</summary>
    public string? LangTag { get; init; }

    public string? Location { get; init; }

    public string? Timezone { get; init; }

    /// <summary>JSON; an empty text keeps the value. Never set by clients.</summary>
    public string? Metadata { get; init; }

    public bool IsEmpty => this == Nothing;

    private static readonly AccountChange Nothing = new();
}
