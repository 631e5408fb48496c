using System.Diagnostics;
using Microsoft.Extensions.Primitives;
using Nakama.Lua;
using Nakama.Server.Lifecycle;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.Lua;

/// <summary>Creates the context that every function of a module gets as its first argument.</summary>
internal sealed class LuaContexts(NodeInfo node, RuntimeEnvironment environment)
{
    private const int FieldCount = 16;

    private static readonly LuaString Env = LuaString.From("env");
    private static readonly LuaString Mode = LuaString.From("execution_mode");
    private static readonly LuaString Node = LuaString.From("node");
    private static readonly LuaString Version = LuaString.From("version");
    private static readonly LuaString Headers = LuaString.From("headers");
    private static readonly LuaString QueryParams = LuaString.From("query_params");
    private static readonly LuaString UserId = LuaString.From("user_id");
    private static readonly LuaString Username = LuaString.From("username");
    private static readonly LuaString Vars = LuaString.From("vars");
    private static readonly LuaString Expiry = LuaString.From("user_session_exp");
    private static readonly LuaString SessionId = LuaString.From("session_id");
    private static readonly LuaString Lang = LuaString.From("lang");
    private static readonly LuaString ClientIp = LuaString.From("client_ip");
    private static readonly LuaString ClientPort = LuaString.From("client_port");
    private static readonly LuaString TraceId = LuaString.From("trace_id");

    private static readonly LuaString MatchId = LuaString.From("match_id");
    private static readonly LuaString MatchNode = LuaString.From("match_node");
    private static readonly LuaString MatchLabel = LuaString.From("match_label");
    private static readonly LuaString MatchTickRate = LuaString.From("match_tick_rate");

    private readonly LuaString _node = LuaString.From(node.Name);
    private readonly LuaString _version = LuaString.From(NodeVersion.Text);

    /// <summary>The configured environment; each interpreter has its own table.</summary>
    public LuaTable MakeEnvironment() => LuaConversion.ToTable(environment.Values);

    public LuaTable Make(RuntimeContext context, LuaTable env)
    {
        var table = new LuaTable(0, FieldCount);
        table.SetString(Env, env);
        table.SetString(Mode, LuaKeys.Of(context.Mode));
        table.SetString(Node, _node);
        table.SetString(Version, _version);
        table.SetString(Headers, Lists(context.Headers));
        table.SetString(QueryParams, Lists(context.QueryParameters));
        if (context.UserId != Guid.Empty)
        {
            table.SetString(UserId, context.UserId.ToString());
            table.SetString(Username, context.Username);
            if (context.Vars.Count > 0) table.SetString(Vars, LuaConversion.ToTable(context.Vars));
            table.SetString(Expiry, context.Expiry);
        }

        if (context.SessionId != Guid.Empty)
        {
            table.SetString(SessionId, context.SessionId.ToString());
            table.SetString(Lang, context.Lang);
        }

        if (context.ClientIp.Length > 0) table.SetString(ClientIp, context.ClientIp);
        if (context.ClientPort.Length > 0) table.SetString(ClientPort, context.ClientPort);
        if (context.Mode is ExecutionMode.Rpc or ExecutionMode.Before or ExecutionMode.After) table.SetString(TraceId, TraceText());
        return table;
    }

    /// <summary>The context that all functions of one match get; it has no label and tick rate before the match has begun.</summary>
    public LuaTable MakeForMatch(MatchContext match, LuaTable env)
    {
        var table = new LuaTable(0, 7);
        table.SetString(Env, env);
        table.SetString(Mode, LuaKeys.Of(ExecutionMode.Match));
        table.SetString(Node, _node);
        table.SetString(MatchId, match.MatchId);
        table.SetString(MatchNode, _node);
        return table;
    }

    /// <summary>The match has begun.</summary>
    public static void Complete(LuaTable context, int tickRate, LuaString label)
    {
        context.SetString(MatchTickRate, (double)tickRate);
        SetLabel(context, label);
    }

    public static void SetLabel(LuaTable context, LuaString label) => context.SetString(MatchLabel, label);

    /// <summary>The context of a match for the session that wants to join it.</summary>
    public static LuaTable WithSession(LuaTable context, MatchJoinAttempt attempt)
    {
        var table = new LuaTable(0, FieldCount);
        foreach (var (key, value) in context) table[key] = value;
        table.SetString(UserId, attempt.Presence.UserIdText);
        table.SetString(Username, attempt.Presence.Username);
        if (attempt.Vars.Count > 0) table.SetString(Vars, LuaConversion.ToTable(attempt.Vars));
        table.SetString(Expiry, attempt.Expiry);
        table.SetString(SessionId, attempt.Presence.SessionIdText);
        if (attempt.ClientIp.Length > 0) table.SetString(ClientIp, attempt.ClientIp);
        if (attempt.ClientPort.Length > 0) table.SetString(ClientPort, attempt.ClientPort);
        return table;
    }

    /// <summary>The trace id of the request, if there is one, in the UUID form that modules expect.</summary>
    private static string TraceText() =>
        (Activity.Current is { } activity ? Guid.ParseExact(activity.TraceId.ToHexString(), "N") : Guid.NewGuid()).ToString();

    private static LuaTable Lists(IReadOnlyDictionary<string, StringValues> lists)
    {
        var table = new LuaTable(0, lists.Count);
        foreach (var (name, values) in lists)
        {
            var list = new LuaTable(values.Count, 0);
            for (var i = 0; i < values.Count; i++) list.SetInteger(i + 1, values[i] ?? "");
            table.SetString(LuaString.From(name), list);
        }

        return table;
    }
}
