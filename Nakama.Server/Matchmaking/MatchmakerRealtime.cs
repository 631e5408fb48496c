using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;
using TicketMessage = Nakama.Protocol.Realtime.MatchmakerTicket;

namespace Nakama.Server.Matchmaking;

/// <summary>The matchmaker messages of the socket.</summary>
internal sealed class MatchmakerRealtime(Matchmaker matchmaker, LocalNode node, ILogger<MatchmakerRealtime> logger) : IRealtimeFeature
{
    public void Map(RealtimeMap realtime)
    {
        realtime.Map(Envelope.MessageOneofCase.MatchmakerAdd, Add);
        realtime.Map(Envelope.MessageOneofCase.MatchmakerRemove, Remove);
    }

    private ValueTask<Envelope?> Add(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var criteria = MatchmakerCriteria.Of(request.MatchmakerAdd);
        try
        {
            var ticket = matchmaker.Add([MatchmakerPresence.Of(session, node)], partyId: "", criteria);
            return new(new Envelope { MatchmakerTicket = new TicketMessage { Ticket = ticket } });
        }
        catch (MatchmakerException refusal)
        {
            MatchmakerLog.NotAdded(logger, session.Id, refusal.Message);
            throw MatchmakerErrors.NotAdded;
        }
    }

    private ValueTask<Envelope?> Remove(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var ticket = request.MatchmakerRemove.Ticket;
        if (ticket.Length == 0) throw MatchmakerErrors.InvalidTicket;
        if (!matchmaker.RemoveOfSession(session.Id, ticket)) throw MatchmakerErrors.TicketNotFound;
        return new(new Envelope());
    }
}
