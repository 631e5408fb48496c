using System.Text;
using System.Text.Json.Nodes;
using Nakama.GameLogic.Matches;
using GameMatch = Nakama.GameLogic.Matches.IMatch;

namespace Nakama.Tests.Golden.ModulesInCSharp;

/// <summary>A match that echoes op codes below 100 to all, and can change its label, kick or end itself.</summary>
internal sealed class GoldenMatch : MatchHandler<GoldenMatch.Counts>
{
    public override ValueTask<MatchStart<Counts>> InitAsync(GameMatch match, IReadOnlyDictionary<string, object?> parameters) => new(new MatchStart<Counts>(
        new Counts(), (int)(parameters.GetValueOrDefault("tick_rate") as double? ?? 10), parameters.GetValueOrDefault("label") as string ?? ""));

    public override ValueTask<MatchJoinDecision<Counts>> JoinAttemptAsync(GameMatch match, Counts state, MatchJoinAttempt attempt) =>
        new(attempt.Metadata.ContainsKey("reject")
            ? new MatchJoinDecision<Counts>(state, IsAccepted: false, "go away")
            : new MatchJoinDecision<Counts>(state, IsAccepted: true));

    public override ValueTask<Counts?> JoinAsync(GameMatch match, Counts state, IReadOnlyList<IMatchPresence> presences)
    {
        foreach (var presence in presences)
        {
            state.Joins++;
            match.Broadcast(200, Json(new JsonObject { ["joined"] = presence.Username }));
        }

        return new(state);
    }

    public override ValueTask<Counts?> LeaveAsync(GameMatch match, Counts state, IReadOnlyList<IMatchPresence> presences)
    {
        state.Leaves += presences.Count;
        return new(state);
    }

    public override ValueTask<Counts?> LoopAsync(GameMatch match, Counts state, IReadOnlyList<MatchMessage> messages)
    {
        foreach (var message in messages)
        {
            switch (message.OpCode)
            {
                case < 100: match.Broadcast(message.OpCode, message.Data.Span, sender: message.Sender); break;
                case 100: match.UpdateLabel(Encoding.UTF8.GetString(message.Data.Span)); break;
                case 101: match.Kick(message.Sender); break;
                case 102: return default;
                case 103: match.Broadcast(103, Json(new JsonObject { ["joins"] = state.Joins, ["leaves"] = state.Leaves }), [message.Sender]); break;
                case 104: match.BroadcastDeferred(104, message.Data.Span, sender: message.Sender); break;
            }
        }

        return new(state);
    }

    public override ValueTask<Counts?> TerminateAsync(GameMatch match, Counts state, TimeSpan grace)
    {
        match.Broadcast(300, "bye"u8);
        return new(state);
    }

    public override ValueTask<MatchSignalAnswer<Counts>> SignalAsync(GameMatch match, Counts state, string data) =>
        new(new MatchSignalAnswer<Counts>(state, "signal:" + data));

    internal static byte[] Json(JsonObject value) => Encoding.UTF8.GetBytes(value.ToJsonString());

    internal sealed class Counts
    {
        public int Joins { get; set; }

        public int Leaves { get; set; }
    }
}
