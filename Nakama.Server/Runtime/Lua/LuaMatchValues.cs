using Nakama.Lua;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.Lua;

/// <summary>Converts the values of matches to Lua.</summary>
internal static class LuaMatchValues
{
    private static readonly LuaString UserId = LuaString.From("user_id");
    private static readonly LuaString SessionId = LuaString.From("session_id");
    private static readonly LuaString Username = LuaString.From("username");
    private static readonly LuaString Node = LuaString.From("node");
    private static readonly LuaString Reason = LuaString.From("reason");
    private static readonly LuaString Sender = LuaString.From("sender");
    private static readonly LuaString OpCode = LuaString.From("op_code");
    private static readonly LuaString Data = LuaString.From("data");
    private static readonly LuaString IsReliable = LuaString.From("reliable");
    private static readonly LuaString ReceivedAt = LuaString.From("receive_time_ms");

    public static LuaTable ToLua(Dictionary<string, object?> parameters)
    {
        var table = new LuaTable(0, parameters.Count);
        foreach (var (name, value) in parameters) table.SetString(LuaString.From(name), ToLua(value));
        return table;
    }

    public static LuaTable ToLua(MatchPresence presence, bool withReason)
    {
        var texts = presence.Form as PresenceTexts ?? Keep(presence);
        var table = new LuaTable(0, withReason ? 5 : 4);
        table.SetString(UserId, texts.UserId);
        table.SetString(SessionId, texts.SessionId);
        table.SetString(Username, texts.Username);
        table.SetString(Node, texts.Node);
        if (withReason) table.SetString(Reason, (double)presence.Reason);
        return table;
    }

    public static LuaTable ToLua(IReadOnlyList<MatchPresence> presences)
    {
        var table = new LuaTable(presences.Count, 0);
        for (var i = 0; i < presences.Count; i++) table.SetInteger(i + 1, ToLua(presences[i], withReason: true));
        return table;
    }

    public static LuaTable ToLua(IReadOnlyList<MatchMessage> messages)
    {
        var table = new LuaTable(messages.Count, 0);
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            var shown = new LuaTable(0, 5);
            shown.SetString(Sender, ToLua(message.Sender, withReason: false));
            shown.SetString(OpCode, message.OpCode);
            if (message.Data.Length > 0) shown.SetString(Data, LuaString.Over(message.Data.ToByteArray()));
            shown.SetString(IsReliable, message.IsReliable);
            shown.SetString(ReceivedAt, message.ReceivedAtMs);
            table.SetInteger(i + 1, shown);
        }

        return table;
    }

    private static LuaValue ToLua(object? value)
    {
        switch (value)
        {
            case bool flag: return flag;
            case long whole: return whole;
            case double number: return number;
            case string text: return text;
            case byte[] bytes: return LuaString.Over(bytes);
            case Dictionary<string, object?> map: return ToLua(map);
            case List<object?> list:
                var table = new LuaTable(list.Count, 0);
                for (var i = 0; i < list.Count; i++) table.SetInteger(i + 1, ToLua(list[i]));
                return table;
            default: return default;
        }
    }

    private static PresenceTexts Keep(MatchPresence presence)
    {
        var texts = new PresenceTexts(
            LuaString.From(presence.UserIdText), LuaString.From(presence.SessionIdText), LuaString.From(presence.Username), LuaKeys.Of(presence.Node));
        presence.Form = texts;
        return texts;
    }

    /// <summary>The texts of a presence, kept for the next message of the same member.</summary>
    private sealed record PresenceTexts(LuaString UserId, LuaString SessionId, LuaString Username, LuaString Node);
}
