namespace Nakama.Console.Nodes;

/// <summary>How the live feed is doing.</summary>
public enum FeedState
{
    Connecting,
    Live,

    /// <summary>The node does not answer; it is tried again and again.</summary>
    Away,

    /// <summary>The node no longer accepts the operator's token.</summary>
    SignedOut,
}
