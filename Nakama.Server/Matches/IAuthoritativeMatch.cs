using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matches;

/// <summary>
/// A match that is run by game logic. The runtime adds it to the <see cref="MatchRegistry"/>, which joins and listings
/// use. Its members may be read from any thread.
/// </summary>
public interface IAuthoritativeMatch
{
    Guid Id { get; }

    /// <summary>The newest label.</summary>
    string Label { get; }

    /// <summary>The number of admitted players.</summary>
    int Size { get; }

    /// <summary>Ticks per second.</summary>
    int TickRate { get; }

    /// <summary>The name of the match handler.</summary>
    string HandlerName { get; }

    /// <summary>The time of creation, in milliseconds since the epoch.</summary>
    long CreatedAtMs { get; }

    /// <summary>Decides on the admission of a session. The caller then tracks an admitted one in the match's stream.</summary>
    ValueTask<MatchAdmission> AdmitAsync(SessionAddress session, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken);

    /// <summary>Accepts data from a player. Never waits: data for which there is no room is dropped.</summary>
    void Receive(TrackedPresence sender, MatchDataSend data);
}
