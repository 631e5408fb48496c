using System.Text;
using System.Text.Json.Nodes;
using Nakama.GameLogic.Matches;
using GameMatch = Nakama.GameLogic.Matches.IMatch;

namespace Nakama.Tests.Golden.ModulesInCSharp;

/// <summary>A match whose calls can be told by metadata, op code or signal to accept, refuse, kick, rename, fail or end.</summary>
internal sealed class GoldenMatchMore : MatchHandler<GoldenMatchMore.Room>
{
    public override ValueTask<MatchStart<Room>> InitAsync(GameMatch match, IReadOnlyDictionary<string, object?> parameters)
    {
        var state = parameters.GetValueOrDefault("no_state") is true
            ? null
            : new Room { Max = parameters.GetValueOrDefault("max") as double? ?? 100, Says = parameters.GetValueOrDefault("says") as string ?? "" };
        var label = parameters.GetValueOrDefault("long_label") is double length ? new string('x', (int)length) : parameters.GetValueOrDefault("label") as string;
        return new(new MatchStart<Room>(state!, (int)(parameters.GetValueOrDefault("tick_rate") as double? ?? 10), label ?? ""));
    }

    public override ValueTask<MatchJoinDecision<Room>> JoinAttemptAsync(GameMatch match, Room state, MatchJoinAttempt attempt)
    {
        var metadata = attempt.Metadata;
        if (metadata.ContainsKey("fail")) throw new InvalidOperationException("attempt failed");
        if (metadata.ContainsKey("quiet")) return new(new MatchJoinDecision<Room>(state, IsAccepted: false));
        if (metadata.ContainsKey("stop")) return new(new MatchJoinDecision<Room>(null, IsAccepted: false));
        if (state.Count >= state.Max) return new(new MatchJoinDecision<Room>(state, IsAccepted: false, "match full"));
        state.Says = metadata.TryGetValue("says", out var says) ? says : state.Says;
        return new(new MatchJoinDecision<Room>(state, IsAccepted: true));
    }

    public override ValueTask<Room?> JoinAsync(GameMatch match, Room state, IReadOnlyList<IMatchPresence> presences)
    {
        foreach (var presence in presences)
        {
            state.Count++;
            match.Broadcast(201, GoldenMatch.Json(new JsonObject
            {
                ["joined"] = presence.Username,
                ["count"] = state.Count,
                ["says"] = state.Says,
                ["reason"] = (int)presence.Reason,
            }));
        }

        return new(state);
    }

    public override ValueTask<Room?> LeaveAsync(GameMatch match, Room state, IReadOnlyList<IMatchPresence> presences)
    {
        foreach (var presence in presences)
        {
            state.Count--;
            match.Broadcast(202, GoldenMatch.Json(new JsonObject { ["left"] = presence.Username, ["count"] = state.Count, ["reason"] = (int)presence.Reason }));
        }

        return new(state);
    }

    public override ValueTask<Room?> LoopAsync(GameMatch match, Room state, IReadOnlyList<MatchMessage> messages)
    {
        foreach (var message in messages) Handle(match, message);
        return new(state);
    }

    public override ValueTask<MatchSignalAnswer<Room>> SignalAsync(GameMatch match, Room state, string data)
    {
        switch (data)
        {
            case "label":
                match.UpdateLabel("""{"renamed":1}""");
                return new(new MatchSignalAnswer<Room>(state, "renamed"));
            case "stop": return default;
            case "fail": throw new InvalidOperationException("signal failed");
            case "tell":
                match.Broadcast(81, "signalled"u8);
                return new(new MatchSignalAnswer<Room>(state, new JsonObject { ["count"] = state.Count }.ToJsonString()));
            default: return new(new MatchSignalAnswer<Room>(state));
        }
    }

    private static void Handle(GameMatch match, in MatchMessage message)
    {
        switch (message.OpCode)
        {
            case 1:
                match.BroadcastDeferred(11, "late one"u8);
                match.BroadcastDeferred(12, "late two"u8, sender: message.Sender);
                match.Broadcast(13, "now one"u8);
                match.Broadcast(14, "now two"u8, sender: message.Sender, isReliable: false);
                break;
            case 2: match.Kick(message.Sender); break;
            case 3:
                match.Broadcast(31, "only you"u8, [message.Sender]);
                match.Broadcast(32, "nobody"u8, []);
                match.Broadcast(33, []);
                break;
            case 4: match.Broadcast(41, GoldenMatch.Json(Describe(message)), [message.Sender]); break;
            case 5: throw new InvalidOperationException("loop failed");
            case 6: match.Broadcast(61, TryRename(match) ? "true"u8 : "false"u8); break;
            case 7:
                match.Broadcast(71, GoldenMatch.Json(new JsonObject
                {
                    ["match_id"] = match.MatchId.Length > 0,
                    ["node"] = match.Node,
                    ["label"] = match.Label,
                    ["rate"] = match.TickRate,
                    ["mode"] = "match",
                }), [message.Sender]);
                break;
            case < 0: match.Broadcast(message.OpCode, message.Data.Span); break;
        }
    }

    private static JsonObject Describe(in MatchMessage message)
    {
        var value = new JsonObject
        {
            ["op"] = message.OpCode,
            ["name"] = message.Sender.Username,
            ["user"] = message.Sender.UserId.ToString(),
            ["session"] = message.Sender.SessionId != Guid.Empty,
            ["node"] = message.Sender.Node.Length > 0,
            ["reliable"] = message.IsReliable,
            ["received"] = message.ReceivedAt > DateTimeOffset.UnixEpoch ? "number" : "nil",
            ["tick"] = "number",
        };
        if (message.Data.Length > 0) value["data"] = Encoding.UTF8.GetString(message.Data.Span);
        return value;
    }

    private static bool TryRename(GameMatch match)
    {
        try
        {
            match.UpdateLabel(new string('y', 2049));
            return true;
        }
        catch (MatchOperationException)
        {
            return false;
        }
    }

    internal sealed class Room
    {
        public double Max { get; init; }

        public string Says { get; set; } = "";

        public int Count { get; set; }
    }
}
