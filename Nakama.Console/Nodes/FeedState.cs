namespace Nakama.Console.Nodes;

/// <summary>The state of the live feed.</summary>
public enum FeedState
{
    Connecting,
    Live,

    /// <summary>The node does not respond; the connection is retried.</summary>
    Away,

    /// <summary>The node no longer accepts the operator's token.</summary>
    SignedOut,
}
