using Nakama.Server.Cluster;
using Nakama.Server.Errors;
using Nakama.Server.Matchmaking;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>Makes of a function of modules what the matchmaker calls.</summary>
internal sealed class LuaMatchmaking(LuaCalls calls)
{
    public MatchmakerMatchedHook Matched => async (entries, cancellationToken) =>
    {
        var shown = LuaConversion.ToLua(HostValue.Of(entries.Select(Show).ToList()));
        var callback = new LuaCallback(LuaCallbackKind.MatchmakerMatched, "", RuntimeContext.OfServer(ExecutionMode.Matchmaker, ""), BoundsCodes: false);
        var result = await calls.CallAsync(callback, shown, cancellationToken);
        if (result.IsNil) return null;
        var matchId = result.AsString?.ToString() ?? throw Failed("Unexpected return type from runtime Matchmaker Matched hook, must be string or nil.");
        return NodeBoundId.TryParse(matchId, out _, out _)
            ? matchId
            : throw Failed("Invalid return value from runtime Matchmaker Matched hook, not a valid match ID.");
    };

    private static HostValue Show(MatchmakerEntry entry)
    {
        var properties = new HostRecord(entry.StringProperties.Count + entry.NumericProperties.Count) { HasForeignNames = true };
        foreach (var (name, text) in entry.StringProperties) properties.Add(name, text);
        foreach (var (name, number) in entry.NumericProperties) properties.Add(name, number);
        return HostValue.Of(new HostRecord(3)
            .Add("presence", new HostRecord(4)
                .Add("user_id", HostValue.Of(entry.Presence.UserId))
                .Add("session_id", HostValue.Of(entry.Presence.SessionId))
                .Add("username", entry.Presence.Username)
                .Add("node", entry.Presence.Node))
            .Add("properties", properties)
            .AddIfSet("party_id", entry.PartyId));
    }

    private static ApiError Failed(string message) => new(StatusCode.Internal, message);
}
