using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matches;

/// <summary>
/// A match that game logic runs. Whoever runs it enters it in the <see cref="MatchRegistry"/>, where players and the list
/// find it. Its members may be read from any thread.
/// </summary>
public interface IAuthoritativeMatch
{
    Guid Id { get; }

    /// <summary>The newest label.</summary>
    string Label { get; }

    /// <summary>How many players it has let in.</summary>
    int Size { get; }

    /// <summary>Rounds a second.</summary>
    int TickRate { get; }

    /// <summary>The name of the logic that runs it.</summary>
    string HandlerName { get; }

    /// <summary>When it was made, in milliseconds since the epoch.</summary>
    long CreatedAtMs { get; }

    /// <summary>Asks to let a session in and completes with the answer. The session is tracked in the match's stream afterwards.</summary>
    ValueTask<MatchAdmission> AdmitAsync(SessionAddress session, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken);

    /// <summary>Takes data from a player. Never waits: what there is no room for is lost.</summary>
    void Receive(TrackedPresence sender, MatchDataSend data);
}
