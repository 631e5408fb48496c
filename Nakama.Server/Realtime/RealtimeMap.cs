using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Realtime;

/// <summary>
/// Handles one kind of realtime message. The answer is sent to the session with the request's cid; null means no answer.
/// Throw <see cref="RealtimeException"/> to refuse.
/// </summary>
public delegate ValueTask<Envelope?> RealtimeHandler(Session session, Envelope request, CancellationToken cancellationToken);

/// <summary>Registers its realtime messages with the dispatch once, at start.</summary>
public interface IRealtimeFeature
{
    void Map(RealtimeMap realtime);
}

/// <summary>The handler of every client message, indexed by its number in the envelope.</summary>
public sealed class RealtimeMap
{
    private readonly RealtimeHandler?[] _handlers = new RealtimeHandler?[64];

    /// <exception cref="InvalidOperationException">The message already has a handler, or clients never send it.</exception>
    public void Map(Envelope.MessageOneofCase message, RealtimeHandler handler)
    {
        if (!IsFromClients(message)) throw new InvalidOperationException($"Clients never send {message}.");
        if (_handlers[(int)message] is not null) throw new InvalidOperationException($"{message} already has a handler.");
        _handlers[(int)message] = handler;
    }

    public RealtimeHandler? Find(Envelope.MessageOneofCase message) => _handlers[(int)message];

    /// <summary>Whether clients may send this kind of message; the others are sent only by the server.</summary>
    public static bool IsFromClients(Envelope.MessageOneofCase message) => message is
        Envelope.MessageOneofCase.ChannelJoin or
        Envelope.MessageOneofCase.ChannelLeave or
        Envelope.MessageOneofCase.ChannelMessageSend or
        Envelope.MessageOneofCase.ChannelMessageUpdate or
        Envelope.MessageOneofCase.ChannelMessageRemove or
        Envelope.MessageOneofCase.MatchCreate or
        Envelope.MessageOneofCase.MatchDataSend or
        Envelope.MessageOneofCase.MatchJoin or
        Envelope.MessageOneofCase.MatchLeave or
        Envelope.MessageOneofCase.MatchmakerAdd or
        Envelope.MessageOneofCase.MatchmakerRemove or
        Envelope.MessageOneofCase.Rpc or
        Envelope.MessageOneofCase.StatusFollow or
        Envelope.MessageOneofCase.StatusUnfollow or
        Envelope.MessageOneofCase.StatusUpdate or
        Envelope.MessageOneofCase.Ping or
        Envelope.MessageOneofCase.Pong or
        Envelope.MessageOneofCase.PartyCreate or
        Envelope.MessageOneofCase.PartyJoin or
        Envelope.MessageOneofCase.PartyLeave or
        Envelope.MessageOneofCase.PartyPromote or
        Envelope.MessageOneofCase.PartyAccept or
        Envelope.MessageOneofCase.PartyRemove or
        Envelope.MessageOneofCase.PartyClose or
        Envelope.MessageOneofCase.PartyJoinRequestList or
        Envelope.MessageOneofCase.PartyMatchmakerAdd or
        Envelope.MessageOneofCase.PartyMatchmakerRemove or
        Envelope.MessageOneofCase.PartyDataSend or
        Envelope.MessageOneofCase.PartyUpdate;
}
