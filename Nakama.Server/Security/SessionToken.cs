using System.Collections.ObjectModel;

namespace Nakama.Server.Security;

/// <summary>What a session or refresh token says. Both of one login carry the same id.</summary>
public sealed record SessionToken
{
    /// <summary>The login that the token belongs to; empty in tokens that name none.</summary>
    public required string Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The name when the token was made.</summary>
    public required string Username { get; init; }

    /// <summary>The session's variables; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Vars { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>When the token ends, in seconds since the epoch.</summary>
    public required long Expiry { get; init; }

    /// <summary>When the login began, in seconds since the epoch; refreshing keeps it. 0 when the token does not say.</summary>
    public required long IssuedAt { get; init; }
}
