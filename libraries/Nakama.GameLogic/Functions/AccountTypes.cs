namespace Nakama.GameLogic.Functions;

/// <summary>Changes of a profile; null members keep their value.</summary>
public sealed record AccountChange
{
    /// <summary>The new name; an empty one keeps the old one.</summary>
    public string? Username { get; init; }

    /// <summary>The new display name; empty to clear it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The new time zone; empty to clear it.</summary>
    public string? Timezone { get; init; }

    /// <summary>The new location; empty to clear it.</summary>
    public string? Location { get; init; }

    /// <summary>The new language; empty to clear it.</summary>
    public string? LangTag { get; init; }

    /// <summary>The new address of the avatar; empty to clear it.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>A JSON object that replaces the metadata.</summary>
    public string? Metadata { get; init; }
}

/// <summary>A user that was authenticated.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Username">The name of the user.</param>
/// <param name="IsCreated">Whether the account is new.</param>
public sealed record AuthenticatedUser(Guid UserId, string Username, bool IsCreated);

/// <summary>A signed session token.</summary>
/// <param name="Token">The token.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record GeneratedToken(string Token, DateTimeOffset ExpiresAt);
