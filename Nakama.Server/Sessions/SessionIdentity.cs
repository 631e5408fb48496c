namespace Nakama.Server.Sessions;

/// <summary>The user of a session, and the client's address.</summary>
public readonly record struct SessionIdentity
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Username { get; init; }

    public required IReadOnlyDictionary<string, string> Vars { get; init; }

    /// <summary>When the token expires, in seconds since the epoch.</summary>
    public required long Expiry { get; init; }

    public required string Lang { get; init; }

    public required string ClientIp { get; init; }

    public required string ClientPort { get; init; }

    /// <summary>Whether the address is known for certain, so that limits on addresses may count it.</summary>
    public required bool IsClientIpCertain { get; init; }
}
