namespace Nakama.Enet.Protocol;

/// <summary>The result of handling a received message.</summary>
internal enum ReceiveResult
{
    /// <summary>It is stored or delivered.</summary>
    Taken,

    /// <summary>It is a duplicate, or too late to be of use; it may be acknowledged.</summary>
    Known,

    /// <summary>There is no room for it at the moment; its sender will send it again.</summary>
    NoRoom,

    /// <summary>It violates the protocol.</summary>
    Violation,
}
