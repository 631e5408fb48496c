namespace Nakama.Server.Errors;

/// <summary>
/// A refusal that is shown to the caller: a gRPC status and a message. Every error with a status derives from it.
/// </summary>
public class ApiException(StatusCode status, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The status; hooks may use numbers outside the named ones.</summary>
    public StatusCode Status { get; } = status;

    /// <summary>
    /// Distinguishes the error from others with the same status, where code has to know; otherwise null. Code never checks the
    /// message, which is for people.
    /// </summary>
    public string? Reason { get; init; }
}
