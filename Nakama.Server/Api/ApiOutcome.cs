using Google.Protobuf;
using Nakama.Server.Errors;

namespace Nakama.Server.Api;

/// <summary>How a call ended. A listener turns it into an answer and reports it back with <see cref="ApiPipeline.Complete"/>.</summary>
/// <param name="Call">What was called.</param>
/// <param name="Response">The answer; null when the call failed.</param>
/// <param name="Code">The status, which may be a number of a hook's own.</param>
/// <param name="Message">What went wrong, for the client.</param>
/// <param name="StartedAt">When the call began, as the clock's timestamp.</param>
public readonly record struct ApiOutcome(ApiCall Call, IMessage? Response, StatusCode Code, string Message, long StartedAt)
{
    public bool IsOk => Response is not null;

    /// <summary>After how many seconds the client may come again; 0 where that is not known.</summary>
    public int RetryAfterSec { get; init; }

    /// <summary>What failed; null when nothing did, or there were too many requests.</summary>
    public Exception? Error { get; init; }
}
