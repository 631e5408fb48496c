namespace Nakama.Enet.Protocol;

/// <summary>What became of something that arrived.</summary>
internal enum ReceiveResult
{
    /// <summary>It is kept or delivered.</summary>
    Taken,

    /// <summary>It came before, or too late to matter; its sender may forget it.</summary>
    Known,

    /// <summary>There is no room for it now; its sender will try again.</summary>
    NoRoom,

    /// <summary>No honest peer sends this.</summary>
    Violation,
}
