using System.Net;

namespace Nakama.Server.Outbound;

/// <summary>What came back from someone else's server, or why nothing did.</summary>
/// <param name="Status">The HTTP status; 0 when there was no whole answer.</param>
/// <param name="Body">The body of the answer, empty when there was none.</param>
/// <param name="Failure">Why there is no answer, in words for the log; null when there is one.</param>
public sealed record OutboundAnswer(HttpStatusCode Status, byte[] Body, string? Failure)
{
    /// <summary>Whether the answer is a plain success, status 200.</summary>
    public bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>What went wrong, for the log: nothing of it came from the body.</summary>
    public string Problem => Failure ?? $"status {(int)Status}";
}
