using System.Text;
using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Server.Matches;

/// <content>The members, and what the handler sends to them.</content>
internal sealed partial class AuthoritativeMatch
{
    private List<DeferredBroadcast>? _deferred;

    /// <summary>The users of the members.</summary>
    public Guid[] Users
    {
        get
        {
            lock (_gate) return [.. _members.Values.Select(static member => member.Presence.UserId)];
        }
    }

    /// <summary>The visible joins and leaves in the stream of the match, as the tracker reports them.</summary>
    public void OnPresences(IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason)
    {
        if (leaves.Count > 0)
        {
            var left = new List<MemberLeave>(leaves.Count);
            // A changed presence is reported as a leave and a join.
            foreach (var leave in leaves)
            {
                if (!joins.Any(join => join.SessionId == leave.SessionId)) left.Add(new MemberLeave(leave.SessionId, reason));
            }

            if (left.Count > 0) OnLeaves(left);
        }

        foreach (var join in joins) OnJoined(join);
    }

    /// <summary>The session was let in and did not join in the end.</summary>
    public void OnAbandoned(Guid sessionId)
    {
        lock (_gate)
        {
            if (_isStopped || !_members.TryGetValue(sessionId, out var member) || member.ExpectedUntil == 0) return;
        }

        OnLeaves([new MemberLeave(sessionId, PresenceReason.Unknown)]);
    }

    public void Broadcast(in MatchBroadcast message)
    {
        if (_isStopped) throw MatchException.Stopped;
        Send(message, Encode(message));
    }

    public void Defer(in MatchBroadcast message)
    {
        if (_isStopped) throw MatchException.Stopped;
        // A message to nobody takes no place in the queue.
        if (message.Receivers is { Length: 0 }) return;
        var deferred = _deferred ??= [];
        if (deferred.Count >= _services.Options.DeferredQueueSize) throw MatchException.TooManyDeferred;
        deferred.Add(new DeferredBroadcast(message, Encode(message)));
    }

    public void Kick(ReadOnlySpan<MatchTarget> targets)
    {
        if (_isStopped) throw MatchException.Stopped;
        foreach (var target in targets)
        {
            if (Find(target) is not { } member) continue;
            lock (_gate) member.IsKicked = true;
            _services.Presences.Untrack(member.Presence.Address, Stream);
        }
    }

    /// <summary>Removes a member at the request of an operator; false when the session is not one.</summary>
    public bool Kick(Guid sessionId)
    {
        MatchMember? member;
        lock (_gate)
        {
            if (_isStopped || !_members.TryGetValue(sessionId, out member)) return false;
            member.IsKicked = true;
        }

        _services.Presences.Untrack(member.Presence.Address, Stream);
        return true;
    }

    /// <summary>Some of the members, for operators.</summary>
    public MatchPresence[] ListMembers(int limit)
    {
        lock (_gate) return [.. _members.Values.Take(limit).Select(static member => member.Presence)];
    }

    public void UpdateLabel(string label)
    {
        if (_isStopped) throw MatchException.Stopped;
        CheckLabel(label);
        if (label == _label) return;
        _label = label;
        _registry.OnLabelChanged(this);
    }

    private static void CheckLabel(string label)
    {
        if (label.Length > MatchContext.MaxLabelBytes || Encoding.UTF8.GetByteCount(label) > MatchContext.MaxLabelBytes) throw MatchException.LabelTooLong;
    }

    private void OnLeaves(List<MemberLeave> leaves)
    {
        lock (_gate)
        {
            if (_isStopped) return;
            if (_inbox.TryAddLeaves(leaves, ref _lastLeaves))
            {
                Schedule();
                return;
            }
        }

        Overflow();
    }

    private void OnJoined(TrackedPresence join)
    {
        var isKicked = false;
        lock (_gate)
        {
            if (_members.TryGetValue(join.SessionId, out var member))
            {
                member.ExpectedUntil = 0;
                isKicked = member.IsKicked;
            }
        }

        if (isKicked) _services.Presences.Untrack(join);
        // A leave before this join may be waiting still; the call finds out.
        TryJoin(join, isKicked);
    }

    private void TryJoin(TrackedPresence join, bool isKicked)
    {
        lock (_gate)
        {
            if (isKicked || _isStopped || (_members.ContainsKey(join.SessionId) && _lastLeaves is null)) return;
        }

        TryCall(MatchCallKind.Join, new MatchPresence(join.Address, _services.Nodes.NameOf(join.Id.Node)));
    }

    private void Add(MatchPresence presence, long expectedUntil)
    {
        lock (_gate)
        {
            _members[presence.SessionId] = new MatchMember(presence) { ExpectedUntil = expectedUntil };
            Volatile.Write(ref _size, _members.Count);
        }
    }

    /// <summary>Whether a member is in the stream or about to be.</summary>
    private bool IsPresent(MatchMember member) =>
        member.ExpectedUntil > 0 || _services.Tracker.Find(member.Presence.SessionId, Stream) is not null;

    private MatchMember? Find(in MatchTarget target) =>
        _members.TryGetValue(target.SessionId, out var member) && member.Presence.Node == target.Node ? member : null;

    /// <summary>The admission of a session; a new one is not among the presences.</summary>
    private MatchAdmission AdmissionOf(Guid sessionId, bool isNew)
    {
        var presences = new List<UserPresence>(_members.Count);
        foreach (var (id, member) in _members)
        {
            if (!isNew || id != sessionId) presences.Add(member.Presence.Shown);
        }

        return new MatchAdmission(IsAllowed: true, "", isNew, _label, presences);
    }

    private EncodedMessage Encode(in MatchBroadcast message) => new(new Envelope
    {
        MatchData = new MatchData
        {
            MatchId = MatchId,
            Presence = message.Sender,
            OpCode = message.OpCode,
            Data = message.Data,
            Reliable = message.IsReliable,
        },
    });

    private void Send(in MatchBroadcast message, EncodedMessage encoded)
    {
        var fanout = new Fanout(encoded);
        var count = 0;
        if (message.Receivers is { } receivers)
        {
            foreach (var receiver in receivers)
            {
                if (Find(receiver) is not { } member) continue;
                fanout.Add(member.Presence.Address);
                count++;
            }
        }
        else
        {
            count = _members.Count;
            foreach (var (_, member) in _members) fanout.Add(member.Presence.Address);
        }

        Statistics.OnSent(message.Data.Length, count);

        _services.Router.Finish(fanout);
    }

    private void SendDeferred()
    {
        if (_deferred is not { Count: > 0 } deferred) return;
        foreach (var (message, encoded) in deferred) Send(message, encoded);
        deferred.Clear();
    }

    private readonly record struct DeferredBroadcast(MatchBroadcast Message, EncodedMessage Encoded);
}
