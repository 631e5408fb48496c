using Nakama.Protocol.Realtime;

namespace Nakama.Server.Matches;

/// <summary>The result of a session's attempt to join a match.</summary>
/// <param name="IsAllowed">Whether the session may join.</param>
/// <param name="Reason">The reason of a rejection; empty when the match gives none.</param>
/// <param name="IsNew">False when the session had already joined.</param>
/// <param name="Label">The label of the match.</param>
/// <param name="Presences">The current presences; they include the session itself when it had already joined.</param>
public sealed record MatchAdmission(bool IsAllowed, string Reason, bool IsNew, string Label, IReadOnlyList<UserPresence> Presences)
{
    public static MatchAdmission Rejected(string reason) => new(IsAllowed: false, reason, IsNew: false, "", []);
}
