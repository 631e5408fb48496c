using Nakama.Protocol.Realtime;

namespace Nakama.Server.Parties;

/// <summary>A party at one moment, for operators.</summary>
/// <param name="Party">The party.</param>
/// <param name="Leader">Null when it has none.</param>
/// <param name="Members">The members, in the order of joining.</param>
/// <param name="Requests">The pending join requests, oldest first.</param>
internal sealed record PartyOverview(
    PartyHandler Party, UserPresence? Leader, IReadOnlyList<PartyMember> Members, IReadOnlyList<PartyRequester> Requests);

/// <content>What operators see and do.</content>
internal sealed partial class PartyHandler
{
    public PartyOverview Inspect()
    {
        lock (_gate) return new(this, _leader, [.. _members], [.. _requests]);
    }

    /// <summary>Notifies all members that the party is closed, and stops it.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_isStopped) return;
            _router.SendToStream(_stream, new Envelope { PartyClose = new PartyClose { PartyId = Id } });
            Stop();
        }
    }
}
