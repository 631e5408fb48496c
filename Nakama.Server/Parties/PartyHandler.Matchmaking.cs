using Nakama.Protocol.Realtime;
using Nakama.Server.Matchmaking;
using Nakama.Server.Sessions;

namespace Nakama.Server.Parties;

// Matchmaking for all members at once. The matchmaker never blocks, so it is called under the party's lock.
internal sealed partial class PartyHandler
{
    /// <summary>Adds a ticket for the current members and notifies the other members.</summary>
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

    /// <summary>Removes a ticket.</summary>
    public void RemoveFromMatchmaker(SessionAddress actor, string ticket)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.Closing(fault);
            if (!_matchmaker.RemoveOfParty(Id, ticket)) throw PartyErrors.Closing(PartyErrors.TicketNotFound);
        }
    }
}
