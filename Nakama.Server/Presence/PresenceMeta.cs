namespace Nakama.Server.Presence;

/// <summary>The reason for a join or leave. Never sent to clients; match handlers receive it on leaves.</summary>
public enum PresenceReason : byte
{
    Unknown = 0,
    Join = 1,
    Update = 2,
    Leave = 3,
    Disconnect = 4,
}

/// <summary>The settings of a presence in a stream.</summary>
/// <param name="Hidden">Receives all messages, but is never announced or listed.</param>
/// <param name="Persistence">Its chat messages are stored.</param>
/// <param name="Status">The status text, for status streams.</param>
public readonly record struct PresenceMeta(bool Hidden, bool Persistence, string Status);
