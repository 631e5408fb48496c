using Nakama.Server.Runtime.Functions;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>
/// With these a module says what it wants to be called for. They only do something while modules are loaded; within a
/// call they have no effect.
/// </summary>
internal sealed class LuaRegistrationFunctions : IFunctionFamily
{
    private const string NoMethod = "expects method name";
    private const string NoMessage = "expects message name";

    public string Name => "Registration in Lua";

    public void Describe(FunctionGroup functions)
    {
        Named(functions, "register_rpc", LuaCallbackKind.Rpc, "expects rpc id", "`fn(ctx, payload) -> text`: clients and servers call it by its id.");
        Named(functions, "register_req_before", LuaCallbackKind.BeforeRequest, NoMethod, "`fn(ctx, request) -> request`: before a method of the API.");
        Named(functions, "register_req_after", LuaCallbackKind.AfterRequest, NoMethod, "`fn(ctx, response, request)`: after a method of the API.");
        Named(functions, "register_rt_before", LuaCallbackKind.BeforeMessage, NoMessage, "`fn(ctx, envelope) -> envelope`: before a message of the socket.");
        Named(functions, "register_rt_after", LuaCallbackKind.AfterMessage, NoMessage, "`fn(ctx, out, in)`: after a message of the socket.");
        Single(functions, "register_matchmaker_matched", LuaCallbackKind.MatchmakerMatched, "`fn(ctx, entries) -> match id`: players were matched.");
        Single(functions, "register_tournament_end", LuaCallbackKind.TournamentEnd, "`fn(ctx, tournament, end, reset)`: a tournament stops taking scores.");
        Single(functions, "register_tournament_reset", LuaCallbackKind.TournamentReset, "`fn(ctx, tournament, end, reset)`: a tournament begins its next round.");
        Single(functions, "register_leaderboard_reset", LuaCallbackKind.LeaderboardReset, "`fn(ctx, leaderboard, reset)`: a leaderboard begins its next period.");
        Single(functions, "register_shutdown", LuaCallbackKind.Shutdown, "`fn(ctx)`: the node stops and has time left.");
        functions.Function("register_storage_index", "Asks for an index over the objects of a collection.")
            .Text("name", "expects index name").Text("collection", "expects collection name").Text("key")
            .Table("fields").Table("sortable_fields").Whole("max_entries").OptionalFlag("index_only", false).OnlyInLua().Does(Index);
        functions.Function("register_storage_index_filter", "`fn(ctx, write) -> boolean`: whether an object belongs into the index.")
            .Text("index_name", "expects index name").Function("fn").OnlyInLua()
            .Does(static call => Register(call, LuaCallbackKind.StorageIndexFilter, call.Text(0), call[1]));
    }

    private static void Named(FunctionGroup functions, string name, LuaCallbackKind kind, string whenEmpty, string summary) =>
        functions.Function(name, summary).Function("fn").Text("name", whenEmpty).OnlyInLua().Does(call => Register(call, kind, call.Text(1), call[0]));

    private static void Single(FunctionGroup functions, string name, LuaCallbackKind kind, string summary) =>
        functions.Function(name, summary).Function("fn").OnlyInLua().Does(call => Register(call, kind, "", call[0]));

    private static HostValue Index(FunctionCall call)
    {
        var definition = new StorageIndexDefinition(
            call.Text(0), call.Text(1), call.Text(2),
            call.Texts(3, "expects fields to be strings"), call.Texts(4, "expects sortable fields to be strings"),
            call.Whole(5) is > 0 and <= int.MaxValue and var count ? (int)count : throw call.Refuse(5, "max entries must be > 0"),
            call.Flag(6));
        var interpreter = LuaInterpreter.Of((LuaCall)call.Frame);
        if (interpreter.IsLoading) interpreter.Callbacks.StorageIndexes.Add(definition);
        return default;
    }

    private static HostValue Register(FunctionCall call, LuaCallbackKind kind, string name, HostValue function)
    {
        var interpreter = LuaInterpreter.Of((LuaCall)call.Frame);
        if (interpreter.IsLoading) interpreter.Callbacks.Set(kind, name, ((LuaValue)function.AsForeign()).AsFunction!);
        return default;
    }
}
