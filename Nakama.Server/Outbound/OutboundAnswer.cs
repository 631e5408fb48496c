using System.Net;

namespace Nakama.Server.Outbound;

/// <summary>The answer of an external server, or the reason why there is none.</summary>
/// <param name="Status">The HTTP status; 0 when there was no complete answer.</param>
/// <param name="Body">The body of the answer, empty when there was none.</param>
/// <param name="Failure">Why there is no answer, as text for the log; null when there is one.</param>
public sealed record OutboundAnswer(HttpStatusCode Status, byte[] Body, string? Failure)
{
    /// <summary>Whether the answer has status 200.</summary>
    public bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>The failure as text for the log; contains nothing of the body.</summary>
    public string Problem => Failure ?? $"status {(int)Status}";
}
