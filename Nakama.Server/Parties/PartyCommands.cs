using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Matchmaking;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Parties;

/// <summary>Runs the commands that sessions of any node send to parties of this node.</summary>
internal sealed class PartyCommands(
    PartyRegistry registry, PresenceTracker tracker, SessionDeliveries sessions, SessionOptions options) : IBusFeature
{
    private static ValueTask<Envelope?> Done => new(new Envelope());

    /// <summary>The party that a message is for.</summary>
    public static string PartyIdOf(Envelope request) => request.MessageCase switch
    {
        Envelope.MessageOneofCase.PartyUpdate => request.PartyUpdate.PartyId,
        Envelope.MessageOneofCase.PartyPromote => request.PartyPromote.PartyId,
        Envelope.MessageOneofCase.PartyAccept => request.PartyAccept.PartyId,
        Envelope.MessageOneofCase.PartyRemove => request.PartyRemove.PartyId,
        Envelope.MessageOneofCase.PartyClose => request.PartyClose.PartyId,
        Envelope.MessageOneofCase.PartyJoinRequestList => request.PartyJoinRequestList.PartyId,
        Envelope.MessageOneofCase.PartyDataSend => request.PartyDataSend.PartyId,
        Envelope.MessageOneofCase.PartyMatchmakerAdd => request.PartyMatchmakerAdd.PartyId,
        Envelope.MessageOneofCase.PartyMatchmakerRemove => request.PartyMatchmakerRemove.PartyId,
        _ => "",
    };

    /// <summary>Runs the command of a session and returns the response.</summary>
    /// <exception cref="RealtimeException">The command is refused.</exception>
    public ValueTask<Envelope?> RunAsync(SessionAddress actor, Envelope request, CancellationToken cancellationToken) => request.MessageCase switch
    {
        Envelope.MessageOneofCase.PartyUpdate => Update(actor, request.PartyUpdate),
        Envelope.MessageOneofCase.PartyPromote => Promote(actor, request.PartyPromote),
        Envelope.MessageOneofCase.PartyAccept => AcceptAsync(actor, request.PartyAccept, cancellationToken),
        Envelope.MessageOneofCase.PartyRemove => Remove(actor, request.PartyRemove),
        Envelope.MessageOneofCase.PartyClose => Close(actor, request.PartyClose),
        Envelope.MessageOneofCase.PartyJoinRequestList => ListRequests(actor, request.PartyJoinRequestList),
        Envelope.MessageOneofCase.PartyDataSend => Send(actor, request.PartyDataSend),
        Envelope.MessageOneofCase.PartyMatchmakerAdd => AddToMatchmaker(actor, request.PartyMatchmakerAdd),
        Envelope.MessageOneofCase.PartyMatchmakerRemove => RemoveFromMatchmaker(actor, request.PartyMatchmakerRemove),
        var other => throw new ArgumentOutOfRangeException(nameof(request), other, null),
    };

    void IBusFeature.Map(BusMap map)
    {
        map.Answer(PartyMessages.Request, (_, request, cancellationToken) => AnswerAsync(request, cancellationToken));
        map.On(PartyMessages.SlotReleased, (_, released) => registry.Find(released.PartyId)?.ReleaseSlot(IdBytes.Read(released.SessionId)));
    }

    private async ValueTask<PartyAnswer> AnswerAsync(PartyRequest request, CancellationToken cancellationToken)
    {
        var envelope = Envelope.Parser.ParseFrom(request.Envelope);
        try
        {
            if (sessions.Resolve(request.Session) is not { } actor) throw PartyErrors.NotJoined;
            if (envelope.MessageCase == Envelope.MessageOneofCase.PartyJoin)
            {
                var party = registry.Find(envelope.PartyJoin.PartyId) ?? throw PartyErrors.Joining(PartyErrors.NotFound);
                return new PartyAnswer { HasSlot = party.Join(actor) };
            }

            return new PartyAnswer { Envelope = (await RunAsync(actor, envelope, cancellationToken))!.ToByteString() };
        }
        catch (RealtimeException refusal)
        {
            return new PartyAnswer { ErrorCode = (int)refusal.Code, Error = refusal.Message };
        }
    }

    private ValueTask<Envelope?> Update(SessionAddress actor, PartyUpdate update)
    {
        var party = registry.Find(update.PartyId);
        if (update.Hidden && !PartyLabel.IsNone(update.Label)) throw PartyErrors.Updating(PartyErrors.HiddenWithLabel);
        if (party is null) throw PartyErrors.Updating(PartyErrors.NotFound);
        party.Update(actor, update);
        return Done;
    }

    private ValueTask<Envelope?> Promote(SessionAddress actor, PartyPromote promote)
    {
        CheckPresence(promote.Presence);
        var party = registry.Find(promote.PartyId) ?? throw PartyErrors.Promoting(PartyErrors.NotFound);
        party.Promote(actor, promote.Presence);
        return Done;
    }

    private async ValueTask<Envelope?> AcceptAsync(SessionAddress actor, PartyAccept accept, CancellationToken cancellationToken)
    {
        CheckPresence(accept.Presence);
        var party = registry.Find(accept.PartyId) ?? throw PartyErrors.Accepting(PartyErrors.NotFound);
        var accepted = await party.AcceptAsync(actor, accept.Presence, options.SingleParty, cancellationToken);
        // The node of another one has seen to this itself.
        if (options.SingleParty && accepted is Session session) tracker.UntrackByModes(session, StreamMode.Party, StreamMode.Party, party.Stream);
        await tracker.SyncAsync(cancellationToken);
        return new Envelope();
    }

    private ValueTask<Envelope?> Remove(SessionAddress actor, PartyRemove remove)
    {
        CheckPresence(remove.Presence);
        var party = registry.Find(remove.PartyId) ?? throw PartyErrors.Removing(PartyErrors.NotFound);
        party.Remove(actor, remove.Presence);
        return Done;
    }

    private ValueTask<Envelope?> Close(SessionAddress actor, PartyClose close)
    {
        var party = registry.Find(close.PartyId) ?? throw PartyErrors.Closing(PartyErrors.NotFound);
        party.Close(actor);
        return Done;
    }

    private ValueTask<Envelope?> ListRequests(SessionAddress actor, PartyJoinRequestList list)
    {
        var party = registry.Find(list.PartyId) ?? throw PartyErrors.ListingRequests(PartyErrors.NotFound);
        return new(new Envelope { PartyJoinRequest = party.ListRequests(actor) });
    }

    private ValueTask<Envelope?> Send(SessionAddress actor, PartyDataSend send)
    {
        var party = registry.Find(send.PartyId) ?? throw PartyErrors.SendingData(PartyErrors.NotFound);
        party.SendData(actor, send.OpCode, send.Data);
        return Done;
    }

    private ValueTask<Envelope?> AddToMatchmaker(SessionAddress actor, PartyMatchmakerAdd add)
    {
        var criteria = MatchmakerCriteria.Of(add);
        var party = registry.Find(add.PartyId) ?? throw PartyErrors.AddingToMatchmaker(PartyErrors.NotFound);
        return new(new Envelope { PartyMatchmakerTicket = party.AddToMatchmaker(actor, criteria) });
    }

    private ValueTask<Envelope?> RemoveFromMatchmaker(SessionAddress actor, PartyMatchmakerRemove remove)
    {
        if (remove.Ticket.Length == 0) throw PartyErrors.InvalidTicket;
        var party = registry.Find(remove.PartyId) ?? throw PartyErrors.Closing(PartyErrors.NotFound);
        party.RemoveFromMatchmaker(actor, remove.Ticket);
        return Done;
    }

    private static void CheckPresence(UserPresence? presence)
    {
        if (presence is null || presence.UserId.Length == 0 || presence.SessionId.Length == 0 || presence.Username.Length == 0)
            throw PartyErrors.InvalidPresence;
    }
}
