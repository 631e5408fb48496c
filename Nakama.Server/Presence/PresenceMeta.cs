namespace Nakama.Server.Presence;

/// <summary>Why a presence came or went. Never on the wire; match handlers see it on leaves.</summary>
public enum PresenceReason : byte
{
    Unknown = 0,
    Join = 1,
    Update = 2,
    Leave = 3,
    Disconnect = 4,
}

/// <summary>How a session takes part in a stream.</summary>
/// <param name="Hidden">Receives everything, is never announced or listed.</param>
/// <param name="Persistence">Its chat messages are stored.</param>
/// <param name="Status">The status text, for status streams.</param>
public readonly record struct PresenceMeta(bool Hidden, bool Persistence, string Status);
