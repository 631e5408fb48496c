using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;
using ErrorCode = Nakama.Protocol.Realtime.Error.Types.Code;

namespace Nakama.Server.Parties;

/// <summary>
/// The party messages of the socket. Messages for parties of this node are handled here; those for parties of another node
/// are forwarded to it.
/// </summary>
internal sealed class PartyRealtime(
    PartyRegistry registry, PartyCommands commands, PresenceTracker tracker, NodeDirectory nodes, MessageBus bus, SessionOptions options)
    : IRealtimeFeature
{
    private static readonly PresenceMeta Plain = new(Hidden: false, Persistence: false, "");

    public void Map(RealtimeMap realtime)
    {
        realtime.Map(Envelope.MessageOneofCase.PartyCreate, CreateAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyJoin, JoinAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyLeave, Leave);
        realtime.Map(Envelope.MessageOneofCase.PartyUpdate, RunAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyPromote, RunAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyAccept, RunAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyRemove, RunAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyClose, RunAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyJoinRequestList, RunAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyDataSend, RunAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyMatchmakerAdd, RunAsync);
        realtime.Map(Envelope.MessageOneofCase.PartyMatchmakerRemove, RunAsync);
    }

    private async ValueTask<Envelope?> CreateAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var create = request.PartyCreate;
        // Clients may create a party without slots; it has no use, and ends after its creator has left.
        if (create.MaxSize is < 0 or > PartyHandler.MaxSize) throw PartyErrors.InvalidMaxSize;
        var label = create.Label.Length == 0 ? PartyLabel.None : create.Label;
        if (PartyLabel.FindFault(label) is { } fault) throw PartyErrors.Creating(fault);

        var party = registry.Create(session, create.MaxSize, new PartySettings(create.Open, create.Hidden, label)) ?? throw PartyErrors.NotCreated;
        LeaveOthers(session, party.Stream);
        await tracker.SyncAsync(cancellationToken);
        return new Envelope { Party = party.Describe(session, create) };
    }

    private async ValueTask<Envelope?> JoinAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var partyId = request.PartyJoin.PartyId;
        if (!IsElsewhere(partyId, out var home))
        {
            var party = registry.Find(partyId) ?? throw PartyErrors.Joining(PartyErrors.NotFound);
            if (party.Join(session)) LeaveOthers(session, party.Stream);
        }
        else if ((await AskAsync(home, session, request, cancellationToken)).HasSlot)
        {
            if (!NodeBoundId.TryParse(partyId, out var id, out _)) throw PartyErrors.InvalidId;
            var stream = new StreamId(StreamMode.Party, id, Guid.Empty, nodes.NameOf(home));
            if (!tracker.Track(session, stream, Plain, out _))
            {
                bus.Tell(home, PartyMessages.SlotReleased, new PartySlotReleased { PartyId = partyId, SessionId = IdBytes.Of(session.Id) });
                throw PartyErrors.NotJoined;
            }

            LeaveOthers(session, stream);
        }

        await tracker.SyncAsync(cancellationToken);
        return new Envelope();
    }

    private ValueTask<Envelope?> Leave(Session session, Envelope request, CancellationToken cancellationToken)
    {
        if (!NodeBoundId.TryParse(request.PartyLeave.PartyId, out var id, out var home)) throw PartyErrors.InvalidId;
        if (nodes.TryFind(home, out var node)) tracker.Untrack(session, new StreamId(StreamMode.Party, id, Guid.Empty, nodes.NameOf(node)));
        return new(new Envelope());
    }

    private ValueTask<Envelope?> RunAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        if (IsElsewhere(PartyCommands.PartyIdOf(request), out var home)) return ForwardAsync(home, session, request, cancellationToken);
        return commands.RunAsync(session, request, cancellationToken);
    }

    private async ValueTask<Envelope?> ForwardAsync(NodeId home, Session session, Envelope request, CancellationToken cancellationToken) =>
        Envelope.Parser.ParseFrom((await AskAsync(home, session, request, cancellationToken)).Envelope);

    /// <exception cref="RealtimeException">The owning node refused the message or cannot be reached.</exception>
    private async ValueTask<PartyAnswer> AskAsync(NodeId home, Session session, Envelope request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await bus.AskAsync(
                home,
                PartyMessages.Request,
                new PartyRequest { Session = SessionMessages.KeyOf(session, nodes), Envelope = request.ToByteString() },
                cancellationToken);
            return answer.Error.Length == 0 ? answer : throw new RealtimeException((ErrorCode)answer.ErrorCode, answer.Error);
        }
        catch (BusException)
        {
            throw PartyErrors.Unreachable;
        }
    }

    /// <summary>Whether a party is owned by another node that is available.</summary>
    private bool IsElsewhere(string partyId, out NodeId home)
    {
        home = default;
        return !bus.IsAlone && NodeBoundId.TryParse(partyId, out _, out var name) && nodes.TryFind(name, out home) && !home.IsLocal && bus.IsMember(home);
    }

    private void LeaveOthers(Session session, in StreamId stream)
    {
        if (options.SingleParty) tracker.UntrackByModes(session, StreamMode.Party, StreamMode.Party, stream);
    }
}
