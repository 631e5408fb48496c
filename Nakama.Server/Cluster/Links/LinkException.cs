using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Cluster.Links;

/// <summary>A connection to another node is lost, or was not made.</summary>
internal sealed class LinkException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why the other node has refused the connection; unknown when it did not say.</summary>
    public LinkRejection.Types.Reason Reason { get; init; }
}
