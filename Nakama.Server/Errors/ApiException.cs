namespace Nakama.Server.Errors;

/// <summary>
/// A refusal that the one who asked is meant to see: a gRPC status and a sentence. Every error with a status derives from it.
/// </summary>
public class ApiException(StatusCode status, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The status; hooks may use numbers outside the named ones.</summary>
    public StatusCode Status { get; } = status;

    /// <summary>
    /// What tells the error from others of its status, where code has to know; null for all others. Code never looks at the
    /// sentence, which is for people.
    /// </summary>
    public string? Reason { get; init; }
}
