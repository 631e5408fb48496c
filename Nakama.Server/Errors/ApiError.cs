namespace Nakama.Server.Errors;

/// <summary>A refusal that the client is meant to see: a gRPC status and a sentence.</summary>
public sealed class ApiError(StatusCode status, string message) : Exception(message)
{
    /// <summary>The status; hooks may use numbers outside the named ones.</summary>
    public StatusCode Status { get; } = status;
}
