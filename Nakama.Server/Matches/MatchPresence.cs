using Nakama.GameLogic.Matches;
using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matches;

/// <summary>A session in a match, or one that wants to join. Immutable.</summary>
public sealed class MatchPresence : IMatchPresence
{
    private readonly SessionAddress _address;

    internal MatchPresence(SessionAddress address, string node) => (_address, Node) = (address, node);

    public Guid UserId => _address.UserId;

    public Guid SessionId => _address.Id;

    /// <summary>The text of the user's id; created once for each session.</summary>
    public string UserIdText => _address.UserIdText;

    /// <summary>The text of the session's id; created once for each session.</summary>
    public string SessionIdText => _address.IdText;

    public string Username => _address.Username;

    /// <summary>The name of the node that the session is connected to.</summary>
    public string Node { get; }

    /// <summary>Why it has left; <see cref="PresenceReason.Unknown"/> otherwise.</summary>
    public PresenceReason Reason { get; private init; }

    GameLogic.Functions.PresenceReason IMatchPresence.Reason => (GameLogic.Functions.PresenceReason)Reason;

    /// <summary>The presence as sent to clients, created once: it must not be modified.</summary>
    public UserPresence Shown => field ??= new UserPresence { UserId = UserIdText, SessionId = SessionIdText, Username = Username };

    /// <summary>The form in which its match handler keeps it; null until the handler sets it.</summary>
    internal object? Form { get; set; }

    /// <summary>The address to which its messages are sent.</summary>
    internal SessionAddress Address => _address;

    internal MatchPresence WithReason(PresenceReason reason) => new(_address, Node) { Reason = reason };
}
