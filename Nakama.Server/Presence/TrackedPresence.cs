using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

/// <summary>One session's part in one stream. Immutable: an update makes a new one.</summary>
/// <param name="Session">The session of this node.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Username">The name when it was tracked.</param>
/// <param name="Meta">How it takes part.</param>
public sealed record TrackedPresence(Session Session, StreamId Stream, string Username, PresenceMeta Meta);
