using System.Collections.ObjectModel;

namespace Nakama.Server.Security;

/// <summary>The claims of a session or refresh token. Both of one login carry the same id.</summary>
public sealed record SessionToken
{
    /// <summary>The login that the token belongs to; empty in tokens without one.</summary>
    public required string Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The username at the time of issue.</summary>
    public required string Username { get; init; }

    /// <summary>The session's variables; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Vars { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The expiry of the token, in seconds since the epoch.</summary>
    public required long Expiry { get; init; }

    /// <summary>
    /// The time at which the login began, in seconds since the epoch; refreshing keeps it. 0 when the token does not contain it.
    /// </summary>
    public required long IssuedAt { get; init; }
}
