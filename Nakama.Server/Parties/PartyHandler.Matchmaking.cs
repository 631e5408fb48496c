using Nakama.Server.Matchmaking;
using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Parties;

// Looking for opponents for all members at once. The matchmaker never waits, so it is asked under the gate.
internal sealed partial class PartyHandler
{
    /// <summary>Takes a ticket for the members of this moment, and tells the others of it.</summary>
    public PartyMatchmakerTicket AddToMatchmaker(Session actor, MatchmakerCriteria criteria)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.AddingToMatchmaker(fault);
            if (_members.Count == 0) throw PartyErrors.AddingToMatchmaker(PartyErrors.MemberNotFound);
            var presences = _members.ConvertAll(
                member => new MatchmakerPresence(member.Session.UserId, member.Session.Id, member.Session.Username, _stream.Label));
            PartyMatchmakerTicket ticket;
            try
            {
                ticket = new PartyMatchmakerTicket { PartyId = Id, Ticket = _matchmaker.Add(presences, Id, criteria) };
            }
            catch (MatchmakerRefusal refusal)
            {
                throw PartyErrors.AddingToMatchmaker(refusal.Message);
            }

            var payload = new SharedPayload(new Envelope { PartyMatchmakerTicket = ticket });
            foreach (var member in _members)
            {
                if (member.Session != actor) member.Session.TrySend(payload);
            }
            return ticket;
        }
    }

    /// <summary>Gives a ticket up.</summary>
    public void RemoveFromMatchmaker(Session actor, string ticket)
    {
        lock (_gate)
        {
            if (FaultOf(actor) is { } fault) throw PartyErrors.Closing(fault);
            if (!_matchmaker.RemoveOfParty(Id, ticket)) throw PartyErrors.Closing(PartyErrors.TicketNotFound);
        }
    }
}
