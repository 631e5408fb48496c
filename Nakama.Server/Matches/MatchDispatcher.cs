namespace Nakama.Server.Matches;

/// <summary>
/// What a match handler does to its match. It may be used only during a call of the handler; after the match has stopped every
/// method fails.
/// </summary>
public sealed class MatchDispatcher
{
    private readonly AuthoritativeMatch _match;

    internal MatchDispatcher(AuthoritativeMatch match) => _match = match;

    /// <summary>Sends a message at once.</summary>
    /// <exception cref="MatchException">The match has stopped.</exception>
    public void Broadcast(in MatchBroadcast message) => _match.Broadcast(message);

    /// <summary>Sends a message after the current call, in the order of these calls.</summary>
    /// <exception cref="MatchException">The match has stopped, or too many messages wait.</exception>
    public void BroadcastDeferred(in MatchBroadcast message) => _match.Defer(message);

    /// <summary>Removes members, which the handler is told as leaves. Others are ignored.</summary>
    /// <exception cref="MatchException">The match has stopped.</exception>
    public void Kick(ReadOnlySpan<MatchTarget> members) => _match.Kick(members);

    /// <summary>Changes the label. Joining clients see it at once, listings after their next refresh.</summary>
    /// <exception cref="MatchException">The match has stopped, or the label is too long.</exception>
    public void UpdateLabel(string label) => _match.UpdateLabel(label);
}
