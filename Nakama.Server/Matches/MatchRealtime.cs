using Nakama.Protocol.Realtime;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matches;

/// <summary>The match messages of the socket.</summary>
internal sealed class MatchRealtime(MatchMembers members, MatchTokens tokens, MatchRelay relay) : IRealtimeFeature
{
    public void Map(RealtimeMap realtime)
    {
        realtime.Map(Envelope.MessageOneofCase.MatchCreate, CreateAsync);
        realtime.Map(Envelope.MessageOneofCase.MatchJoin, JoinAsync);
        realtime.Map(Envelope.MessageOneofCase.MatchLeave, Leave);
        realtime.Map(Envelope.MessageOneofCase.MatchDataSend, Send);
    }

    private async ValueTask<Envelope?> CreateAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var name = request.MatchCreate.Name;
        var match = name.Length == 0
            ? await members.CreateAsync(session, cancellationToken)
            : await members.CreateNamedAsync(session, name, cancellationToken);
        return new Envelope { Match = match };
    }

    private async ValueTask<Envelope?> JoinAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var join = request.MatchJoin;
        var match = join.IdCase switch
        {
            MatchJoin.IdOneofCase.MatchId =>
                await members.JoinAsync(session, join.MatchId, join.Metadata, mayRevive: false, cancellationToken),
            MatchJoin.IdOneofCase.Token =>
                await members.JoinAsync(session, tokens.Read(join.Token) ?? throw MatchErrors.InvalidToken, join.Metadata, mayRevive: true, cancellationToken),
            _ => throw MatchErrors.NoIdOrToken,
        };
        return new Envelope { Match = match };
    }

    private ValueTask<Envelope?> Leave(Session session, Envelope request, CancellationToken cancellationToken)
    {
        members.Leave(session, request.MatchLeave.MatchId);
        return new(new Envelope());
    }

    private ValueTask<Envelope?> Send(Session session, Envelope request, CancellationToken cancellationToken)
    {
        relay.Send(session, request.MatchDataSend);
        return default;
    }
}
