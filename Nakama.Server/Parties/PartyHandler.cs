using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;
using Nakama.Server.Presence;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Server.Parties;

/// <summary>
/// One party: its members, its leader and its join requests. Each operation holds the lock (<c>_gate</c>) for a few lines, in
/// which it also queues its messages and changes the presences of the stream, so that messages and presences follow the order
/// of the changes. Lock order: this lock is taken before those of sessions and streams. Members may be sessions of other
/// nodes: they get a slot here first, then their own node adds their presence.
/// </summary>
internal sealed partial class PartyHandler : IListedParty
{
    public const int MaxSize = 256;

    private static readonly PresenceMeta Plain = new(Hidden: false, Persistence: false, "");

    private readonly Lock _gate = new();
    private readonly PartyRegistry _registry;
    private readonly PresenceTracker _tracker;
    private readonly ClusterPresences _presences;
    private readonly MessageRouter _router;
    private readonly Matchmaker _matchmaker;
    private readonly NodeDirectory _nodes;
    private readonly StreamId _stream;
    private readonly int _maxSize;

    // In the order of joining.
    private readonly List<PartyMember> _members = [];
    private readonly List<PartyRequester> _requests = [];
    private PartySettings _settings;
    private UserPresence? _leader;
    private bool _isStopped;
    private bool _isActive = true;

    public PartyHandler(PartyRegistry registry, PartyServices services, in StreamId stream, int maxSize, PartySettings settings)
    {
        _registry = registry;
        _tracker = services.Tracker;
        _presences = services.Presences;
        _nodes = services.Nodes;
        _router = services.Router;
        _matchmaker = services.Matchmaker;
        _stream = stream;
        _maxSize = maxSize;
        _settings = settings;
        Id = $"{stream.Subject}.{stream.Label}";
    }

    /// <summary>The id that clients use.</summary>
    public string Id { get; }

    public string Node => _stream.Label;

    public StreamId Stream => _stream;

    public int Capacity => _maxSize;

    public required DateTimeOffset CreatedAt { get; init; }

    public PartySettings Settings => Volatile.Read(ref _settings);

    /// <summary>Adds the creator of the party as its leader. False when the session is closing.</summary>
    public bool Begin(Session creator)
    {
        lock (_gate)
        {
            _leader = PresenceOf(creator);
            // A party without slots still has a leader.
            if (_maxSize > 0) return TrySeat(creator);
            return _tracker.Track(creator, _stream, Plain, out _);
        }
    }

    /// <summary>The party as it was requested, for the response to its creator.</summary>
    public Party Describe(Session creator, PartyCreate create)
    {
        var self = PresenceOf(creator);
        return new Party
        {
            PartyId = Id,
            Open = create.Open,
            Hidden = create.Hidden,
            MaxSize = create.MaxSize,
            Self = self,
            Leader = self,
            Presences = { self },
            Label = create.Label,
        };
    }

    /// <summary>Joins or requests to join; true when the session has a slot. A session of another node is tracked there.</summary>
    public bool Join(SessionAddress session)
    {
        lock (_gate)
        {
            if (_isStopped) throw PartyErrors.Joining(PartyErrors.Closed);
            _isActive = true;
            if (_members.Count >= _maxSize) throw PartyErrors.Joining(PartyErrors.Full);
            if (!_settings.IsOpen)
            {
                Request(session);
                return false;
            }

            if (!TrySeat(session)) throw PartyErrors.NotJoined;
            return true;
        }
    }

    /// <summary>Makes a member the leader.</summary>
    public void Promote(SessionAddress actor, UserPresence named)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.Promoting(fault);
            var member = _members.Find(member => member.Is(named)) ?? throw PartyErrors.Promoting(PartyErrors.MemberNotFound);
            _leader = member.Presence;
            SendLeader();
        }
    }

    /// <summary>Accepts a join request and returns its session; one of another node may then leave its other parties.</summary>
    public async ValueTask<SessionAddress> AcceptAsync(SessionAddress actor, UserPresence named, bool isExclusive, CancellationToken cancellationToken)
    {
        SessionAddress session;
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.Accepting(fault);
            if (_members.Count >= _maxSize) throw PartyErrors.Accepting(PartyErrors.Full);
            var at = _requests.FindIndex(request => PartyMember.SamePresence(request.Presence, named));
            if (at < 0) throw PartyErrors.Accepting(PartyErrors.RequestNotFound);
            session = _requests[at].Address;
            _requests.RemoveAt(at);
            if (!TrySeat(session)) throw PartyErrors.Accepting(PartyErrors.NotAccepted);
        }

        if (session.IsLocal) return session;
        var result = await _presences.TrackRemoteAsync(session, _stream, Plain, isExclusive, cancellationToken);
        if (result is TrackResult.New or TrackResult.Existing) return session;
        ReleaseSlot(session.Id);
        throw PartyErrors.Accepting(PartyErrors.NotAccepted);
    }

    /// <summary>Releases the slot of a session that did not join in the end.</summary>
    public void ReleaseSlot(Guid sessionId)
    {
        lock (_gate)
        {
            if (_isStopped || _members.RemoveAll(member => member.Stay is null && member.Address.Id == sessionId) == 0) return;
            OnMembersChanged();
        }
    }

    /// <summary>Releases the slots of sessions of a lost node that have no presence yet.</summary>
    public void ReleaseSlots(NodeId node)
    {
        lock (_gate)
        {
            if (!_isStopped && _members.RemoveAll(member => member.Stay is null && member.Address.Node == node) > 0) OnMembersChanged();
        }
    }

    /// <summary>Removes a member, or rejects a join request.</summary>
    public void Remove(SessionAddress actor, UserPresence named)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.Removing(fault);
            if (named.SessionId == actor.IdText) throw PartyErrors.Removing(PartyErrors.CannotRemoveSelf);
            if (_members.Find(member => member.Is(named)) is { } member)
            {
                _members.Remove(member);
                OnMembersChanged();
                _presences.Untrack(member.Address, _stream);
                member.Address.TrySend(new EncodedMessage(new Envelope { PartyClose = new PartyClose { PartyId = Id } }));
                return;
            }
            if (_requests.RemoveAll(request => PartyMember.SamePresence(request.Presence, named)) == 0)
                throw PartyErrors.Removing(PartyErrors.MemberNotFound);
        }
    }

    /// <summary>Notifies all members that the party is closed, and stops it.</summary>
    public void Close(SessionAddress actor)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.Closing(fault);
            End();
        }
    }

    /// <summary>The pending join requests, oldest first.</summary>
    public PartyJoinRequest ListRequests(SessionAddress actor)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.ListingRequests(fault);
            return new PartyJoinRequest { PartyId = Id, Presences = { _requests.Select(static request => request.Presence) } };
        }
    }

    /// <summary>Changes the settings of the party and notifies all members.</summary>
    /// <param name="actor">The session that requests the change.</param>
    /// <param name="change">The requested change; all members are sent the same values.</param>
    public void Update(SessionAddress actor, PartyUpdate change)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.Updating(fault);
            var label = change.Label.Length == 0 ? PartyLabel.None : change.Label;
            if (PartyLabel.FindFault(label) is { } inLabel) throw PartyErrors.Updating(inLabel);
            Volatile.Write(ref _settings, new PartySettings(change.Open, change.Hidden, label));
            _registry.OnSettingsChanged(this);
            _router.SendToStream(_stream, new Envelope
            {
                PartyUpdate = new PartyUpdate { PartyId = Id, Label = change.Label, Open = change.Open, Hidden = change.Hidden },
            });
        }
    }

    /// <summary>Sends data to the other members.</summary>
    public void SendData(SessionAddress sender, long opCode, ByteString data)
    {
        lock (_gate)
        {
            if (_isStopped) throw PartyErrors.SendingData(PartyErrors.Closed);
            _isActive = true;
            var from = Find(sender) ?? throw PartyErrors.SendingData(PartyErrors.MemberNotFound);
            if (_members.Count == 1) return;
            SendToOthers(from, new Envelope
            {
                PartyData = new PartyData { PartyId = Id, Presence = from.Presence, OpCode = opCode, Data = data },
            });
        }
    }

    /// <summary>Stops a party that has no presences and has had no activity since the last check.</summary>
    public void StopIfIdle()
    {
        lock (_gate)
        {
            // Releases slots whose session has not become present since the last check.
            if (_members.RemoveAll(static member => member.IsOverdue) > 0) OnMembersChanged();
            foreach (var member in _members) member.IsOverdue = member.Stay is null;
            if (!_isActive && !_isStopped && !_tracker.Exists(_stream)) Stop();
            _isActive = false;
        }
    }

    private static UserPresence PresenceOf(SessionAddress session) => new()
    {
        UserId = session.UserIdText,
        SessionId = session.IdText,
        Username = session.Username,
    };

    /// <summary>Why a session may not run a command of the leader; null when it may.</summary>
    private string? FaultOf(SessionAddress actor)
    {
        if (_isStopped) return PartyErrors.Closed;
        _isActive = true;
        return _leader?.SessionId == actor.IdText ? null : PartyErrors.LeaderOnly;
    }

    private PartyMember? Find(SessionAddress session)
    {
        foreach (var member in _members)
        {
            if (member.Address.Id == session.Id) return member;
        }
        return null;
    }

    private void Request(SessionAddress session)
    {
        if (_requests.Count >= _maxSize) throw PartyErrors.Joining(PartyErrors.RequestsFull);
        if (_requests.Exists(request => request.Address.UserId == session.UserId)) throw PartyErrors.Joining(PartyErrors.RequestDuplicate);
        var request = new PartyRequester(PresenceOf(session), session);
        _requests.Add(request);
        if (_leader is null || !UuidText.TryParse(_leader.SessionId, out var leaderId)) return;
        _router.SendToSession(
            leaderId, new Envelope { PartyJoinRequest = new PartyJoinRequest { PartyId = Id, Presences = { request.Presence } } });
    }

    /// <summary>
    /// Gives a session a slot and, if it is of this node, adds its presence. False, and no slot, when the session is closing.
    /// </summary>
    private bool TrySeat(SessionAddress session)
    {
        TrackedPresence? stay = null;
        if (session is Session local)
        {
            if (!_tracker.Track(local, _stream, Plain, out _)) return false;
            // The session may close at any moment; the tracker reports that later.
            stay = _tracker.Find(local, _stream);
            if (stay is null) return false;
        }

        if (Find(session) is { } member)
        {
            member.Stay = stay;
            member.IsOverdue = false;
            return true;
        }

        _members.Add(new PartyMember(session, PresenceOf(session)) { Stay = stay });
        OnMembersChanged();
        return true;
    }

    private void SendToOthers(PartyMember from, Envelope envelope)
    {
        var fanout = new Fanout(new EncodedMessage(envelope));
        foreach (var member in _members)
        {
            if (member != from) fanout.Add(member.Address);
        }

        _router.Finish(fanout);
    }

    /// <summary>Removes the tickets that were added for the previous members.</summary>
    private void OnMembersChanged() => _matchmaker.RemoveParty(Id);

    private void SendLeader() => _router.SendToStream(
        _stream, new Envelope { PartyLeader = new PartyLeader { PartyId = Id, Presence = _leader } });

    private void Stop()
    {
        _isStopped = true;
        _members.Clear();
        _requests.Clear();
        OnMembersChanged();
        _registry.OnStopped(this);
        _tracker.UntrackStream(_stream);
    }
}
