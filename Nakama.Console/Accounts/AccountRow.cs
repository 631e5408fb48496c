using System.Net;

namespace Nakama.Console.Accounts;

/// <summary>An account's profile, as lists and details show it. Tombstones carry an id and a time only.</summary>
public sealed record AccountRow
{
    public const string SystemId = "00000000-0000-0000-0000-000000000000";

    public string Id { get; init; } = "";

    public string Username { get; init; } = "";

    public string? DisplayName { get; init => field = WebUtility.HtmlDecode(value); }

    public string? AvatarUrl { get; init => field = WebUtility.HtmlDecode(value); }

    public string? LangTag { get; init => field = WebUtility.HtmlDecode(value); }

    public string? Location { get; init => field = WebUtility.HtmlDecode(value); }

    public string? Timezone { get; init => field = WebUtility.HtmlDecode(value); }

    /// <summary>JSON text.</summary>
    public string Metadata { get; init; } = "{}";

    public bool Online { get; init; }

    public int EdgeCount { get; init; }

    public DateTimeOffset? CreateTime { get; init; }

    public DateTimeOffset? UpdateTime { get; init; }

    public string? FacebookId { get; init; }

    public string? FacebookInstantGameId { get; init; }

    public string? GoogleId { get; init; }

    public string? GamecenterId { get; init; }

    public string? SteamId { get; init; }

    public string? AppleId { get; init; }

    public bool IsSystem => Id == SystemId;
}
