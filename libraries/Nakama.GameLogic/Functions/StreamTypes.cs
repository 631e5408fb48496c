namespace Nakama.GameLogic.Functions;

/// <summary>The address of a stream.</summary>
/// <param name="Mode">The kind of stream; the server uses small numbers itself.</param>
/// <param name="Subject">What the stream is about; empty for nothing.</param>
/// <param name="Subcontext">A part of the subject; empty for none.</param>
/// <param name="Label">A text that distinguishes streams.</param>
public readonly record struct GameStream(byte Mode, Guid Subject = default, Guid Subcontext = default, string Label = "");

/// <summary>A session on a node.</summary>
/// <param name="UserId">The user of the session.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Node">The node of the session; empty for this node.</param>
public sealed record GamePresence(Guid UserId, Guid SessionId, string Node = "");

/// <summary>The settings with which a session is present in a stream.</summary>
/// <param name="IsHidden">Whether others do not see the presence.</param>
/// <param name="HasPersistence">Whether what is sent to the stream shall be stored.</param>
/// <param name="Username">The name of the user.</param>
/// <param name="Status">A text that others see.</param>
public sealed record PresenceMeta(bool IsHidden, bool HasPersistence, string Username, string Status);

/// <summary>A presence of a stream.</summary>
/// <param name="Presence">The session.</param>
/// <param name="Meta">The settings of the presence.</param>
public sealed record StreamPresence(GamePresence Presence, PresenceMeta Meta);

/// <summary>Why a presence changes.</summary>
public enum PresenceReason
{
    Unknown,
    Join,
    Update,
    Leave,
    Disconnect,
}
