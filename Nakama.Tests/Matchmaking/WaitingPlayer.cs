using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;
using Matched = Nakama.Protocol.Realtime.MatchmakerMatched;

namespace Nakama.Tests.Matchmaking;

/// <summary>A session without a connection, which remembers what it was sent.</summary>
internal sealed class WaitingPlayer(string name) : Nakama.Server.Sessions.Session(null!)
{
    private readonly List<Matched> _matches = [];

    public string Name => name;

    public override SessionFormat Format => SessionFormat.WebSocketJson;

    /// <summary>The matches it was told of.</summary>
    public IReadOnlyList<Matched> Matches => _matches;

    public override bool TrySend(EncodedMessage payload)
    {
        _matches.Add(payload.Envelope.MatchmakerMatched);
        return true;
    }

    public override string ToString() => name;

    protected override void StopSending()
    {
    }

    protected override void End(SessionClose reason, ReadOnlySpan<Envelope> lastWords)
    {
    }
}
