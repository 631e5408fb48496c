using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;
using NodeSession = Nakama.Server.Sessions.Session;

namespace Nakama.Tests.Presence;

/// <summary>A session without a connection that keeps what it is sent.</summary>
internal sealed class ListeningSession(SessionHost host) : NodeSession(host)
{
    private readonly List<Envelope> _received = [];

    public override SessionFormat Format => SessionFormat.SignalR;

    public IReadOnlyList<Envelope> Received
    {
        get
        {
            lock (_received) return [.. _received];
        }
    }

    public override bool TrySend(EncodedMessage payload)
    {
        if (IsClosing) return false;
        lock (_received) _received.Add(payload.Envelope);
        return true;
    }

    protected override void StopSending()
    {
    }

    protected override void End(SessionClose reason, ReadOnlySpan<Envelope> lastWords) => Ended(reason);
}
