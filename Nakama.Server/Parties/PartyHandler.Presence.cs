using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Parties;

// Presence changes as the tracker reports them, in order and before clients are notified.
internal sealed partial class PartyHandler
{
    public void OnPresences(IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves)
    {
        lock (_gate)
        {
            if (_isStopped) return;
            _isActive = true;
            foreach (var leave in leaves)
            {
                // A changed presence is reported as a leave and a join in one batch; its member keeps its slot.
                if (FindSuccessor(joins, leave) is { } changed) OnChanged(changed);
                else OnLeft(leave);
                if (_isStopped) return;
            }
            foreach (var join in joins) OnJoined(join);
        }
    }

    private static TrackedPresence? FindSuccessor(IReadOnlyList<TrackedPresence> joins, TrackedPresence leave)
    {
        foreach (var join in joins)
        {
            if (join.SessionId == leave.SessionId) return join;
        }
        return null;
    }

    private void OnChanged(TrackedPresence changed)
    {
        if (Find(changed.Address) is { } member) member.Stay = changed;
    }

    private void OnJoined(TrackedPresence join)
    {
        var member = Find(join.Address);
        if (member is null)
        {
            // Game logic may have added it to the stream directly; without a free slot it only receives messages.
            if (_members.Count >= _maxSize || _tracker.Find(join.Address, _stream) != join) return;
            member = new PartyMember(join.Address, join.Shown) { Stay = join };
            _members.Add(member);
            OnMembersChanged();
        }
        else if (!join.IsLocal)
        {
            // The presences of another node arrive in the order in which they were created, so this is the newest.
            member.Stay = join;
            member.IsOverdue = false;
        }
        else if (member.Stay != join)
        {
            return;
        }

        _leader ??= member.Presence;
        var party = new Party
        {
            PartyId = Id,
            Open = _settings.IsOpen,
            MaxSize = _maxSize,
            Self = member.Presence,
            Leader = _leader,
        };
        foreach (var other in _members) party.Presences.Add(other.Presence);
        member.Address.TrySend(new EncodedMessage(new Envelope { Party = party }));
    }

    private void OnLeft(TrackedPresence leave)
    {
        // A member that the leader removed no longer has a slot.
        if (Find(leave.Address) is not { } member) return;
        _members.Remove(member);
        // The session has rejoined since: it keeps a slot, but at the end of the list.
        if (member.Stay != leave) _members.Add(member);
        OnMembersChanged();

        if (_members.Count == 0)
        {
            Stop();
            return;
        }
        if (_leader?.SessionId != leave.Address.IdText || _members[0] == member) return;
        _leader = _members[0].Presence;
        SendLeader();
    }
}
