using Google.Protobuf;
using Nakama.Server.Errors;

namespace Nakama.Server.Api;

/// <summary>The credential that a method requires.</summary>
public enum ApiCredential
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The server key as the name of HTTP basic authentication.</summary>
    ServerKey,

    /// <summary>A session token.</summary>
    Bearer,

    /// <summary>A session token, or the HTTP key.</summary>
    Rpc,
}

/// <summary>How a call ended. A listener turns it into an answer and reports it back with <see cref="ApiPipeline.Complete"/>.</summary>
/// <param name="Call">The call.</param>
/// <param name="Response">The answer; null when the call failed.</param>
/// <param name="Code">The status, which may be a number chosen by a hook.</param>
/// <param name="Message">What went wrong, for the client.</param>
/// <param name="StartedAt">When the call began, as the clock's timestamp.</param>
public readonly record struct ApiOutcome(ApiCall Call, IMessage? Response, StatusCode Code, string Message, long StartedAt)
{
    public bool IsOk => Response is not null;

    /// <summary>The number of seconds after which the client may retry; 0 where that is not known.</summary>
    public int RetryAfterSec { get; init; }

    /// <summary>The cause of the failure; null when the call succeeded, or there were too many requests.</summary>
    public Exception? Error { get; init; }
}

/// <summary>The user that a valid session token names.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Username">The name when the token was made; it may have changed since.</param>
/// <param name="Vars">The session's variables; empty when there are none.</param>
/// <param name="Expiry">When the token expires, in seconds since the epoch.</param>
/// <param name="TokenId">The login that the token belongs to.</param>
public sealed record Caller(Guid UserId, string Username, IReadOnlyDictionary<string, string> Vars, long Expiry, string TokenId);

/// <summary>The answer of a raw route.</summary>
public readonly record struct RawAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Further headers, whose names and values are valid; null when there are none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>The number of seconds after which the client may retry; 0 where that is not known.</summary>
    public int RetryAfterSec { get; init; }
}
