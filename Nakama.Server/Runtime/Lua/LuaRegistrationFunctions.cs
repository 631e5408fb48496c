using Nakama.Lua;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.Http;
using Nakama.Server.Runtime.Jobs;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Lua;

/// <summary>
/// The functions with which a module registers its callbacks. They only take effect while modules are loaded; within a
/// call they do nothing.
/// </summary>
internal sealed class LuaRegistrationFunctions : IFunctionModule
{
    public string Name => "Registration in Lua";

    public void Describe(FunctionGroup functions)
    {
        foreach (var callback in CallbackTable.All.Where(static callback => callback.LuaName is not null)) Describe(functions, callback);
        functions.Function("register_storage_index", "Asks for an index over the objects of a collection.")
            .Text("name", "expects index name").Text("collection", "expects collection name").Text("key")
            .Table("fields").Table("sortable_fields").Whole("max_entries").OptionalFlag("index_only", false).OnlyInLua().Does(Index);
    }

    private static void Describe(FunctionGroup functions, CallbackDescription callback)
    {
        var (kind, function) = (callback.Kind, functions.Function(callback.LuaName!, $"`{Signature(callback)}`: {callback.Summary}"));
        switch (callback)
        {
            case { Kind: CallbackKind.StorageIndexFilter }:
                function.Text("index_name", callback.WhenNameEmpty).Function("fn").OnlyInLua().Does(call => Register(call, kind, call.Text(0), call[1]));
                break;
            case { Kind: CallbackKind.Http or CallbackKind.ConsoleHttp }:
                function.Function("fn").Text("path", callback.WhenNameEmpty).OptionalTable("methods").OnlyInLua().Does(call => RegisterHttp(call, kind));
                break;
            case { Kind: CallbackKind.Job }:
                function.Function("fn").Text("name", callback.WhenNameEmpty).Text("schedule", "expects cron string").OnlyInLua().Does(RegisterJob);
                break;
            case { Names: CallbackNames.One }:
                function.Function("fn").OnlyInLua().Does(call => Register(call, kind, "", call[0]));
                break;
            case { Names: CallbackNames.All }:
                function.Function("fn").OnlyInLua().Does(call => RegisterAnother(call, kind));
                break;
            default:
                function.Function("fn").Text("name", callback.WhenNameEmpty).OnlyInLua().Does(call => Register(call, kind, call.Text(1), call[0]));
                break;
        }
    }

    private static string Signature(CallbackDescription callback)
    {
        var arguments = string.Join(", ", callback.Arguments.Select(static argument => argument.Name).Prepend("ctx"));
        return callback.Results.Count == 0 ? $"fn({arguments})" : $"fn({arguments}) -> {string.Join(", ", callback.Results.Select(static result => result.Name))}";
    }

    private static ScriptValue Index(FunctionCall call)
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

    private static ScriptValue Register(FunctionCall call, CallbackKind kind, string name, ScriptValue function)
    {
        var interpreter = LuaInterpreter.Of((LuaCall)call.Frame);
        if (interpreter.IsLoading) interpreter.Callbacks.Set(kind, name, ((LuaValue)function.AsForeign()).AsFunction!);
        return default;
    }

    private static ScriptValue RegisterHttp(FunctionCall call, CallbackKind kind)
    {
        var methods = call.Has(2) ? call.Texts(2, "expects methods to be names of HTTP methods") : [];
        return Register(call, kind, HttpHandlerPath.NameOf(kind, call.Text(1), methods), call[0]);
    }

    private static ScriptValue RegisterJob(FunctionCall call)
    {
        var job = JobDefinition.Of(call.Text(1), call.Text(2));
        var interpreter = LuaInterpreter.Of((LuaCall)call.Frame);
        if (interpreter.IsLoading) interpreter.Callbacks.Jobs[job.Name] = job;
        return Register(call, CallbackKind.Job, job.Name, call[0]);
    }

    private static ScriptValue RegisterAnother(FunctionCall call, CallbackKind kind)
    {
        var interpreter = LuaInterpreter.Of((LuaCall)call.Frame);
        if (interpreter.IsLoading) interpreter.Callbacks.Add(kind, ((LuaValue)call[0].AsForeign()).AsFunction!);
        return default;
    }
}
