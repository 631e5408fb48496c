using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matches;

/// <summary>
/// Calls of authoritative matches, wherever they run: those of this node directly, others through their node.
/// </summary>
internal sealed class MatchCalls(MatchRegistry registry, PresenceTracker tracker, SessionDeliveries deliveries, NodeDirectory nodes, MessageBus bus)
    : IBusFeature
{
    private static readonly BusQuestion<MatchAdmissionRequest, MatchAdmissionAnswer> Admit = new(90);
    private static readonly BusMessage<MatchInput> Input = new(91);
    private static readonly BusQuestion<MatchQuestion, MatchAnswer> Question = new(92);
    private static readonly BusMessage<MatchAbandoned> Abandoned = new(94);

    /// <summary>Asks a match for the admission of a session of this node; null when there is no such match.</summary>
    public async ValueTask<MatchAdmission?> AdmitAsync(
        Session session, StreamId stream, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var home = HomeOf(stream);
        if (home is null) return null;
        if (home.Value.IsLocal)
        {
            if (registry.Find(stream.Subject) is not { } match) return null;
            return await match.AdmitAsync(AttemptOf(session, metadata), cancellationToken);
        }

        // A presence that the session has just given up must not count as one of the match.
        await tracker.SyncAsync(cancellationToken);
        var request = new MatchAdmissionRequest
        {
            MatchId = IdBytes.Of(stream.Subject),
            Session = SessionMessages.KeyOf(session, nodes),
            Expiry = session.Expiry,
            ClientIp = session.ClientIp,
            ClientPort = session.ClientPort,
        };
        foreach (var (name, value) in metadata) request.Metadata.Add(name, value);
        foreach (var (name, value) in session.Vars) request.Vars.Add(name, value);
        try
        {
            var answer = await bus.AskAsync(home.Value, Admit, request, cancellationToken);
            if (!answer.Exists) return null;
            return new MatchAdmission(answer.IsAllowed, answer.Reason, answer.IsNew, answer.Label, Decode(answer.Presences));
        }
        catch (BusException)
        {
            return MatchAdmission.Rejected("");
        }
    }

    /// <summary>The session that was admitted could not join.</summary>
    public void Abandon(Session session, in StreamId stream)
    {
        if (HomeOf(stream) is not { } home) return;
        if (home.IsLocal) registry.Find(stream.Subject)?.OnAbandoned(session.Id);
        else bus.Tell(home, Abandoned, new MatchAbandoned { MatchId = IdBytes.Of(stream.Subject), SessionId = IdBytes.Of(session.Id) });
    }

    /// <summary>Passes data of a session of this node to its match. Sessions that are not in the match are ignored.</summary>
    public void Send(Session session, Guid id, ReadOnlySpan<char> node, MatchDataSend data)
    {
        if (!nodes.TryFind(node, out var home) || tracker.Find(session, MatchStream.Authoritative(id, nodes.NameOf(home))) is null) return;
        if (home.IsLocal)
        {
            registry.Find(id)?.Receive(session.Id, data);
            return;
        }

        var input = new MatchInput
        {
            MatchId = IdBytes.Of(id),
            SessionId = IdBytes.Of(session.Id),
            OpCode = data.OpCode,
            Data = data.Data,
            Reliable = data.Reliable,
        };
        bus.Tell([home], Input, input, isDroppable: !data.Reliable);
    }

    /// <summary>Sends a signal to a match of any node and returns the answer.</summary>
    /// <exception cref="MatchException">The id is invalid, there is no such match, or it is busy.</exception>
    public async ValueTask<string> SignalAsync(string matchId, string data, CancellationToken cancellationToken)
    {
        if (!MatchStream.TryParse(matchId, out var stream)) throw MatchException.InvalidId;
        var home = HomeOf(stream) ?? throw MatchException.NotFound;
        if (home.IsLocal) return await (registry.Find(stream.Subject) ?? throw MatchException.NotFound).SignalAsync(data, cancellationToken);
        try
        {
            var answer = await bus.AskAsync(home, Question, new MatchQuestion { MatchId = IdBytes.Of(stream.Subject), Signal = data }, cancellationToken);
            return answer.Outcome switch
            {
                MatchAnswer.Types.Outcome.Done => answer.Data,
                MatchAnswer.Types.Outcome.NotFound => throw MatchException.NotFound,
                _ => throw MatchException.Busy,
            };
        }
        catch (BusException)
        {
            throw MatchException.Busy;
        }
    }

    /// <summary>The state of a match of any node.</summary>
    /// <exception cref="MatchException">The id is invalid, there is no such match, or it does not answer.</exception>
    public async ValueTask<MatchSnapshot> SnapshotAsync(string matchId, CancellationToken cancellationToken)
    {
        if (!MatchStream.TryParse(matchId, out var stream)) throw MatchException.InvalidId;
        var home = HomeOf(stream) ?? throw MatchException.NotFound;
        if (home.IsLocal) return await (registry.Find(stream.Subject) ?? throw MatchException.NotFound).SnapshotAsync(cancellationToken);
        try
        {
            var answer = await bus.AskAsync(home, Question, new MatchQuestion { MatchId = IdBytes.Of(stream.Subject) }, cancellationToken);
            return answer.Outcome switch
            {
                MatchAnswer.Types.Outcome.Done => new MatchSnapshot(Decode(answer.Presences), answer.Tick, answer.Data),
                MatchAnswer.Types.Outcome.NotFound => throw MatchException.NotFound,
                _ => throw MatchException.NoState,
            };
        }
        catch (BusException)
        {
            throw MatchException.NoState;
        }
    }

    void IBusFeature.Map(BusMap map)
    {
        map.Answer(Admit, (_, request, cancellationToken) => AnswerAsync(request, cancellationToken));
        map.Answer(Question, (_, question, cancellationToken) => AnswerAsync(question, cancellationToken));
        map.On(Abandoned, (_, left) => registry.Find(IdBytes.Read(left.MatchId))?.OnAbandoned(IdBytes.Read(left.SessionId)));
        map.On(Input, (_, input) => registry.Find(IdBytes.Read(input.MatchId))?.Receive(
            IdBytes.Read(input.SessionId), new MatchDataSend { OpCode = input.OpCode, Data = input.Data, Reliable = input.Reliable }));
    }

    private MatchJoinAttempt AttemptOf(Session session, IReadOnlyDictionary<string, string> metadata) => new(new MatchPresence(session, nodes.LocalName), metadata)
    {
        Vars = session.Vars,
        Expiry = session.Expiry,
        ClientIp = session.ClientIp,
        ClientPort = session.ClientPort,
    };

    private async ValueTask<MatchAdmissionAnswer> AnswerAsync(MatchAdmissionRequest request, CancellationToken cancellationToken)
    {
        if (registry.Find(IdBytes.Read(request.MatchId)) is not { } match) return new MatchAdmissionAnswer();
        if (deliveries.Resolve(request.Session) is not { } session) return new MatchAdmissionAnswer { Exists = true };
        var admission = await match.AdmitAsync(
            new MatchJoinAttempt(new MatchPresence(session, request.Session.Node), request.Metadata)
            {
                Vars = request.Vars,
                Expiry = request.Expiry,
                ClientIp = request.ClientIp,
                ClientPort = request.ClientPort,
            },
            cancellationToken);
        return new MatchAdmissionAnswer
        {
            Exists = true,
            IsAllowed = admission.IsAllowed,
            Reason = admission.Reason,
            IsNew = admission.IsNew,
            Label = admission.Label,
            Presences = { admission.Presences.Select(static presence => presence.ToByteString()) },
        };
    }

    private async ValueTask<MatchAnswer> AnswerAsync(MatchQuestion question, CancellationToken cancellationToken)
    {
        if (registry.Find(IdBytes.Read(question.MatchId)) is not { } match) return new MatchAnswer { Outcome = MatchAnswer.Types.Outcome.NotFound };
        try
        {
            if (question.HasSignal) return new MatchAnswer { Data = await match.SignalAsync(question.Signal, cancellationToken) };
            var snapshot = await match.SnapshotAsync(cancellationToken);
            return new MatchAnswer { Data = snapshot.State, Tick = snapshot.Tick, Presences = { snapshot.Presences.Select(static presence => presence.ToByteString()) } };
        }
        catch (MatchException e)
        {
            return new MatchAnswer { Outcome = e.IsNotFound ? MatchAnswer.Types.Outcome.NotFound : MatchAnswer.Types.Outcome.Busy };
        }
    }

    private static List<UserPresence> Decode(IEnumerable<ByteString> presences) => [.. presences.Select(UserPresence.Parser.ParseFrom)];

    /// <summary>The node of a match; null when it is not a member.</summary>
    private NodeId? HomeOf(in StreamId stream) =>
        stream.Mode == StreamMode.AuthoritativeMatch && nodes.TryFind(stream.Label, out var home) && bus.IsMember(home) ? home : null;
}
