using Nakama.Protocol.Realtime;

namespace Nakama.Server.Matches;

/// <summary>What a match answers to a session that wants in.</summary>
/// <param name="IsAllowed">Whether it may.</param>
/// <param name="Reason">Why not; empty when the match does not say.</param>
/// <param name="IsNew">False when it was in already.</param>
/// <param name="Presences">Who is in; the session itself among them when it was in already.</param>
public sealed record MatchAdmission(bool IsAllowed, string Reason, bool IsNew, IReadOnlyList<UserPresence> Presences)
{
    public static MatchAdmission Rejected(string reason) => new(IsAllowed: false, reason, IsNew: false, []);
}
