using System.Buffers.Text;
using Nakama.GameLogic.Matches;

namespace BenchGame;

/// <summary>Repeats what members send, and sends the number of each tick.</summary>
public sealed class BenchMatch : MatchHandler<BenchState>
{
    private readonly byte[] _tick = new byte[20];

    public override ValueTask<MatchStart<BenchState>> InitAsync(IMatch match, IReadOnlyDictionary<string, object?> parameters)
    {
        var state = new BenchState { Echoes = parameters["echo"] is true, HasMarker = parameters["tick_marker"] is true };
        return new(new MatchStart<BenchState>(state, (int)(long)parameters["tick_rate"]!, (string)parameters["label"]!));
    }

    public override ValueTask<BenchState?> JoinAsync(IMatch match, BenchState state, IReadOnlyList<IMatchPresence> presences)
    {
        state.Joined += presences.Count;
        return new(state);
    }

    public override ValueTask<BenchState?> LeaveAsync(IMatch match, BenchState state, IReadOnlyList<IMatchPresence> presences)
    {
        state.Joined -= presences.Count;
        return new(state);
    }

    public override ValueTask<BenchState?> LoopAsync(IMatch match, BenchState state, IReadOnlyList<MatchMessage> messages)
    {
        if (state.Echoes)
        {
            for (var i = 0; i < messages.Count; i++) match.Broadcast(1, messages[i].Data.Span, sender: messages[i].Sender);
        }

        if (state.HasMarker && state.Joined > 0 && Utf8Formatter.TryFormat(match.Tick, _tick, out var length)) match.Broadcast(2, _tick.AsSpan(0, length));
        return new(state);
    }

    public override ValueTask<BenchState?> TerminateAsync(IMatch match, BenchState state, TimeSpan grace) => new((BenchState?)null);

    public override ValueTask<MatchSignalAnswer<BenchState>> SignalAsync(IMatch match, BenchState state, string data) =>
        new(data == "stop" ? new MatchSignalAnswer<BenchState>(null) : new MatchSignalAnswer<BenchState>(state, "ok"));
}

public sealed class BenchState
{
    public bool Echoes { get; init; }

    public bool HasMarker { get; init; }

    public int Joined { get; set; }
}
