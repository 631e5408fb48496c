namespace Nakama.Console.Nodes;

/// <summary>A refusal or failure of a node, in words an operator can read.</summary>
/// <param name="code">The gRPC status; 14 when the node cannot be reached.</param>
/// <param name="message">The node's own sentence.</param>
public sealed class NodeException(int code, string message) : Exception(message)
{
    public const int InvalidArgument = 3;
    public const int NotFound = 5;
    public const int PermissionDenied = 7;
    public const int ResourceExhausted = 8;
    public const int Unavailable = 14;
    public const int Unauthenticated = 16;

    public int Code { get; } = code;

    /// <summary>The node could not be reached at all.</summary>
    public bool IsAway => Code == Unavailable;
}
