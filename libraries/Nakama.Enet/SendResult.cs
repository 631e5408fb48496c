namespace Nakama.Enet;

/// <summary>The result of sending a message to a peer.</summary>
internal enum SendResult
{
    Queued,

    /// <summary>The connection is ending.</summary>
    Closed,

    /// <summary>The queue is full.</summary>
    Full,
}
