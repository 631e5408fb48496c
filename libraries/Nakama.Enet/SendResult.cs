namespace Nakama.Enet;

/// <summary>What became of a message that was handed to a peer.</summary>
internal enum SendResult
{
    Queued,

    /// <summary>The connection is ending.</summary>
    Closed,

    /// <summary>Too much waits already.</summary>
    Full,
}
