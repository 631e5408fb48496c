namespace Nakama.Console.Nodes;

/// <summary>An error of a node, with a message for the operator.</summary>
/// <param name="code">The gRPC status; 14 when the node cannot be reached.</param>
/// <param name="message">The node's message.</param>
public sealed class NodeException(int code, string message) : Exception(message)
{
    public const int InvalidArgument = 3;
    public const int NotFound = 5;
    public const int PermissionDenied = 7;
    public const int ResourceExhausted = 8;
    public const int Aborted = 10;
    public const int Unavailable = 14;
    public const int Unauthenticated = 16;

    public int Code { get; } = code;

    /// <summary>Whether the node could not be reached.</summary>
    public bool IsAway => Code == Unavailable;
}
