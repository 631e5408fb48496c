using System.Globalization;
using System.Text;
using Nakama.GameLogic.Matches;

namespace MyGame;

/// <summary>Counts what its members send, and tells everybody the count.</summary>
public sealed class CounterMatch : MatchHandler<CounterState>
{
    public override ValueTask<MatchStart<CounterState>> InitAsync(IMatch match, IReadOnlyDictionary<string, object?> parameters) =>
        new(new MatchStart<CounterState>(new CounterState(), TickRate: 10, Label: "counter"));

    public override ValueTask<CounterState?> LoopAsync(IMatch match, CounterState state, IReadOnlyList<MatchMessage> messages)
    {
        state.Count += messages.Count;
        if (messages.Count > 0) match.Broadcast(1, Encoding.UTF8.GetBytes(state.Count.ToString(CultureInfo.InvariantCulture)));
        return new(state);
    }
}

/// <summary>The state of a match.</summary>
public sealed class CounterState
{
    public int Count { get; set; }
}
