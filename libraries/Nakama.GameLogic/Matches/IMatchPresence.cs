using Nakama.GameLogic.Functions;

namespace Nakama.GameLogic.Matches;

/// <summary>A session in a match, or one that wants to join.</summary>
public interface IMatchPresence
{
    /// <summary>The user of the session.</summary>
    Guid UserId { get; }

    /// <summary>The session.</summary>
    Guid SessionId { get; }

    /// <summary>The name of the user.</summary>
    string Username { get; }

    /// <summary>The node of the session.</summary>
    string Node { get; }

    /// <summary>Why it has left; <see cref="PresenceReason.Unknown"/> otherwise.</summary>
    PresenceReason Reason { get; }
}
