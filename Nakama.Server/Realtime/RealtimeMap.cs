using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Realtime;

/// <summary>
/// Handles one kind of realtime message. The answer is sent to the session with the request's cid; null means no answer.
/// Throw <see cref="RealtimeError"/> to refuse.
/// </summary>
public delegate ValueTask<Envelope?> RealtimeHandler(Session session, Envelope request, CancellationToken cancellationToken);

/// <summary>Hands its realtime messages to the dispatch once, at start.</summary>
public interface IRealtimeFeature
{
    void Map(RealtimeMap realtime);
}

/// <summary>The handler of every client message, indexed by its number in the envelope.</summary>
public sealed class RealtimeMap
{
    private readonly RealtimeHandler?[] _handlers = new RealtimeHandler?[64];

    /// <exception cref="InvalidOperationException">The message already has a handler.</exception>
    public void Map(Envelope.MessageOneofCase message, RealtimeHandler handler)
    {
        if (_handlers[(int)message] is not null)
            throw new InvalidOperationException($"{message} already has a handler.");
        _handlers[(int)message] = handler;
    }

    public RealtimeHandler? Find(Envelope.MessageOneofCase message) => _handlers[(int)message];
}
