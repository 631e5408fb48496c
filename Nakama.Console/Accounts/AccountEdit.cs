namespace Nakama.Console.Accounts;

/// <summary>Changes to an account. What is null stays as it is; an empty text clears the field.</summary>
public sealed record AccountEdit
{
    public string? Username { get; init; }

    public string? DisplayName { get; init; }

    public string? Metadata { get; init; }

    public string? AvatarUrl { get; init; }

    public string? LangTag { get; init; }

    public string? Location { get; init; }

    public string? Timezone { get; init; }

    public string? CustomId { get; init; }

    public string? Email { get; init; }

    public string? Password { get; init; }

    public string? Wallet { get; init; }
}
