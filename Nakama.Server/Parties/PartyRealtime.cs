using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Parties;

/// <summary>The party messages of the socket.</summary>
internal sealed class PartyRealtime(PartyRegistry registry, PresenceTracker tracker, LocalNode node, SessionOptions options) : IRealtimeFeature
{
    public void Map(RealtimeMap realtime)
    {
        realtime.Map(Envelope.MessageOneofCase.PartyCreate, Create);
        realtime.Map(Envelope.MessageOneofCase.PartyUpdate, Update);
        realtime.Map(Envelope.MessageOneofCase.PartyJoin, Join);
        realtime.Map(Envelope.MessageOneofCase.PartyLeave, Leave);
        realtime.Map(Envelope.MessageOneofCase.PartyPromote, Promote);
        realtime.Map(Envelope.MessageOneofCase.PartyAccept, Accept);
        realtime.Map(Envelope.MessageOneofCase.PartyRemove, Remove);
        realtime.Map(Envelope.MessageOneofCase.PartyClose, Close);
        realtime.Map(Envelope.MessageOneofCase.PartyJoinRequestList, ListRequests);
        realtime.Map(Envelope.MessageOneofCase.PartyDataSend, Send);
        realtime.Map(Envelope.MessageOneofCase.PartyMatchmakerAdd, AddToMatchmaker);
        realtime.Map(Envelope.MessageOneofCase.PartyMatchmakerRemove, RemoveFromMatchmaker);
    }

    private static ValueTask<Envelope?> Done => new(new Envelope());

    private ValueTask<Envelope?> Create(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var create = request.PartyCreate;
        // Clients may make a party without seats; it is of no use to them, and goes when they do.
        if (create.MaxSize is < 0 or > PartyHandler.MaxSize) throw PartyErrors.InvalidMaxSize;
        var label = create.Label.Length == 0 ? PartyLabel.None : create.Label;
        if (PartyLabel.FindFault(label) is { } fault) throw PartyErrors.Creating(fault);

        var party = registry.Create(session, create.MaxSize, new PartySettings(create.Open, create.Hidden, label)) ?? throw PartyErrors.NotCreated;
        LeaveOthers(session, party);
        return new(new Envelope { Party = party.Describe(session, create) });
    }

    private ValueTask<Envelope?> Update(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var update = request.PartyUpdate;
        var party = registry.Find(update.PartyId);
        if (update.Hidden && !PartyLabel.IsNone(update.Label)) throw PartyErrors.Updating(PartyErrors.HiddenWithLabel);
        if (party is null) throw PartyErrors.Updating(PartyErrors.NotFound);
        party.Update(session, update);
        return Done;
    }

    private ValueTask<Envelope?> Join(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var party = registry.Find(request.PartyJoin.PartyId) ?? throw PartyErrors.Joining(PartyErrors.NotFound);
        if (party.Join(session)) LeaveOthers(session, party);
        return Done;
    }

    private ValueTask<Envelope?> Leave(Session session, Envelope request, CancellationToken cancellationToken)
    {
        if (!NodeBoundId.TryParse(request.PartyLeave.PartyId, out var id, out var home)) throw PartyErrors.InvalidId;
        if (home.SequenceEqual(node.Name)) tracker.Untrack(session, new StreamId(StreamMode.Party, id, Guid.Empty, node.Name));
        return Done;
    }

    private ValueTask<Envelope?> Promote(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var promote = request.PartyPromote;
        CheckPresence(promote.Presence);
        var party = registry.Find(promote.PartyId) ?? throw PartyErrors.Promoting(PartyErrors.NotFound);
        party.Promote(session, promote.Presence);
        return Done;
    }

    private ValueTask<Envelope?> Accept(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var accept = request.PartyAccept;
        CheckPresence(accept.Presence);
        var party = registry.Find(accept.PartyId) ?? throw PartyErrors.Accepting(PartyErrors.NotFound);
        LeaveOthers(party.Accept(session, accept.Presence), party);
        return Done;
    }

    private ValueTask<Envelope?> Remove(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var remove = request.PartyRemove;
        CheckPresence(remove.Presence);
        var party = registry.Find(remove.PartyId) ?? throw PartyErrors.Removing(PartyErrors.NotFound);
        party.Remove(session, remove.Presence);
        return Done;
    }

    private ValueTask<Envelope?> Close(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var party = registry.Find(request.PartyClose.PartyId) ?? throw PartyErrors.Closing(PartyErrors.NotFound);
        party.Close(session);
        return Done;
    }

    private ValueTask<Envelope?> ListRequests(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var party = registry.Find(request.PartyJoinRequestList.PartyId) ?? throw PartyErrors.ListingRequests(PartyErrors.NotFound);
        return new(new Envelope { PartyJoinRequest = party.ListRequests(session) });
    }

    private ValueTask<Envelope?> Send(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var send = request.PartyDataSend;
        var party = registry.Find(send.PartyId) ?? throw PartyErrors.SendingData(PartyErrors.NotFound);
        party.SendData(session, send.OpCode, send.Data);
        return Done;
    }

    private ValueTask<Envelope?> AddToMatchmaker(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var add = request.PartyMatchmakerAdd;
        var criteria = MatchmakerCriteria.Of(add);
        var party = registry.Find(add.PartyId) ?? throw PartyErrors.AddingToMatchmaker(PartyErrors.NotFound);
        return new(new Envelope { PartyMatchmakerTicket = party.AddToMatchmaker(session, criteria) });
    }

    private ValueTask<Envelope?> RemoveFromMatchmaker(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var remove = request.PartyMatchmakerRemove;
        if (remove.Ticket.Length == 0) throw PartyErrors.InvalidTicket;
        var party = registry.Find(remove.PartyId) ?? throw PartyErrors.Closing(PartyErrors.NotFound);
        party.RemoveFromMatchmaker(session, remove.Ticket);
        return Done;
    }

    private static void CheckPresence(UserPresence? presence)
    {
        if (presence is null || presence.UserId.Length == 0 || presence.SessionId.Length == 0 || presence.Username.Length == 0)
            throw PartyErrors.InvalidPresence;
    }

    private void LeaveOthers(Session session, PartyHandler party)
    {
        if (options.SingleParty) tracker.UntrackByModes(session, StreamMode.Party, StreamMode.Party, party.Stream);
    }
}
