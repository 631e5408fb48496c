using Nakama.Protocol.Realtime;
using Nakama.Server.Matchmaking;
using Nakama.Server.Sessions;

namespace Nakama.Server.Parties;

// Looking for opponents for all members at once. The matchmaker never waits, so it is asked under the gate.
internal sealed partial class PartyHandler
{
    /// <summary>Takes a ticket for the members of this moment, and tells the others of it.</summary>
    public PartyMatchmakerTicket AddToMatchmaker(SessionAddress actor, MatchmakerCriteria criteria)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.AddingToMatchmaker(fault);
            if (_members.Count == 0) throw PartyErrors.AddingToMatchmaker(PartyErrors.MemberNotFound);
            var presences = _members.ConvertAll(
                member => new MatchmakerPresence(member.Address.UserId, member.Address.Id, member.Address.Username, _nodes.NameOf(member.Address.Node)));
            PartyMatchmakerTicket ticket;
            try
            {
                ticket = new PartyMatchmakerTicket { PartyId = Id, Ticket = _matchmaker.Add(presences, Id, criteria) };
            }
            catch (MatchmakerException refusal)
            {
                throw PartyErrors.AddingToMatchmaker(refusal.Message);
            }

            var envelope = new Envelope { PartyMatchmakerTicket = ticket };
            if (Find(actor) is { } asker) SendToOthers(asker, envelope);
            else _router.SendToStream(_stream, envelope, except: actor);
            return ticket;
        }
    }

    /// <summary>Gives a ticket up.</summary>
    public void RemoveFromMatchmaker(SessionAddress actor, string ticket)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.Closing(fault);
            if (!_matchmaker.RemoveOfParty(Id, ticket)) throw PartyErrors.Closing(PartyErrors.TicketNotFound);
        }
    }
}
