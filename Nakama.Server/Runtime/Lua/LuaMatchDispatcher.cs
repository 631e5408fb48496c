using Google.Protobuf;
using Nakama.Lua;
using Nakama.Protocol.Realtime;
using Nakama.Server.Matches;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The table through which a Lua match sends messages and changes its match.</summary>
internal static class LuaMatchDispatcher
{
    private static readonly LuaString UserId = LuaString.From("user_id");
    private static readonly LuaString SessionId = LuaString.From("session_id");
    private static readonly LuaString Username = LuaString.From("username");
    private static readonly LuaString Node = LuaString.From("node");

    // The functions are stateless: they find their match through the interpreter that calls them.
    private static readonly (LuaString Name, LuaFunction Function)[] Functions =
    [
        Function("broadcast_message", Broadcast),
        Function("broadcast_message_deferred", BroadcastDeferred),
        Function("match_kick", Kick),
        Function("match_label_update", UpdateLabel),
    ];

    public static LuaTable Make()
    {
        var table = new LuaTable(0, Functions.Length);
        foreach (var (name, function) in Functions) table.SetString(name, function);
        return table;
    }

    private static (LuaString Name, LuaFunction Function) Function(string name, LuaNative body) => (LuaString.From(name), LuaFunction.Create(name, body));

    private static MatchDispatcher Of(in LuaCall call) => LuaInterpreter.Of(call).Match!.Dispatcher;

    private static int Broadcast(LuaCall call)
    {
        var message = ReadMessage(call);
        try
        {
            Of(call).Broadcast(message);
        }
        catch (MatchException e)
        {
            throw call.Error(e.Message);
        }

        return 0;
    }

    private static int BroadcastDeferred(LuaCall call)
    {
        var message = ReadMessage(call);
        try
        {
            Of(call).BroadcastDeferred(message);
        }
        catch (MatchException e)
        {
            throw call.Error($"error deferring message broadcast: {e.Message}");
        }

        return 0;
    }

    private static int Kick(LuaCall call)
    {
        if (call.OptionalTable(1) is not { Length: > 0 } list) return 0;
        var targets = new MatchTarget[list.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            if (list.GetInteger(i + 1).AsTable is not { } presence) throw call.ArgumentError(1, "expects a valid set of presences");
            if (!TryReadId(presence, UserId, out _) || !TryReadTarget(presence, out targets[i]))
                throw call.ArgumentError(1, "expects each presence to have a valid user_id, session_id, and node");
        }

        try
        {
            Of(call).Kick(targets);
        }
        catch (MatchException e)
        {
            throw call.Error(e.Message);
        }

        return 0;
    }

    private static int UpdateLabel(LuaCall call)
    {
        var label = call.CheckText(1);
        try
        {
            Of(call).UpdateLabel(label);
        }
        catch (MatchException e)
        {
            throw call.Error($"error updating match label: {e.Message}");
        }

        return 0;
    }

    private static MatchBroadcast ReadMessage(in LuaCall call)
    {
        var opCode = call.CheckInteger(1);
        var data = call[2];
        if (!data.IsNil && !data.IsString) throw call.ArgumentError(2, "expects data to be a string or nil");
        return new MatchBroadcast(opCode, data.AsString is { } text ? UnsafeByteOperations.UnsafeWrap(text.Bytes) : ByteString.Empty)
        {
            Receivers = ReadReceivers(call),
            Sender = ReadSender(call),
            IsReliable = call.OptionalBoolean(5, true),
        };
    }

    private static MatchTarget[]? ReadReceivers(in LuaCall call)
    {
        if (call.OptionalTable(3) is not { } list) return null;
        var receivers = new MatchTarget[list.Length];
        for (var i = 0; i < receivers.Length; i++)
        {
            if (list.GetInteger(i + 1).AsTable is not { } presence) throw call.ArgumentError(3, "expects a valid set of presences");
            if (receivers.Length == 1 && !TryReadId(presence, UserId, out _)) throw call.ArgumentError(3, "expects each presence to have a valid user_id");
            if (!TryReadTarget(presence, out receivers[i])) throw call.ArgumentError(3, "expects each presence to have a valid session_id and node");
        }

        return receivers;
    }

    private static UserPresence? ReadSender(in LuaCall call)
    {
        if (call.OptionalTable(4) is not { } sender) return null;
        if (!TryReadId(sender, UserId, out var userId) || !TryReadId(sender, SessionId, out var sessionId) || sender.GetString(Username).AsString is not { Length: > 0 } username)
            throw call.ArgumentError(4, "expects sender to have a valid user_id, session_id and username");
        return new UserPresence { UserId = userId.ToString(), SessionId = sessionId.ToString(), Username = username.ToString() };
    }

    private static bool TryReadTarget(LuaTable presence, out MatchTarget target)
    {
        target = default;
        if (!TryReadId(presence, SessionId, out var sessionId) || presence.GetString(Node).AsString is not { Length: > 0 } node) return false;
        target = new MatchTarget(sessionId, node.ToString());
        return true;
    }

    private static bool TryReadId(LuaTable presence, LuaString field, out Guid id)
    {
        id = default;
        return presence.GetString(field).AsString is { } text && UuidText.TryParse(text.ToString(), out id) && id != Guid.Empty;
    }
}
