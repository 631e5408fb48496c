using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Interop;
using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.Http;
using Nakama.Server.Runtime.Jobs;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Runs InitModule with the object through which it registers functions. The first engine notes where all others find the
/// functions; an engine that runs InitModule again takes the functions themselves.
/// </summary>
internal sealed class JavaScriptInitializer(
    JavaScriptEngine engine, JavaScriptRegistrations registrations, Action<CallbackKind, string, JsValue>? register)
{
    private const string MethodMark = "<Method>";

    private static readonly string[] MatchFunctions =
        ["matchInit", "matchJoinAttempt", "matchJoin", "matchLeave", "matchLoop", "matchTerminate", "matchSignal"];

    private static readonly string[] Methods =
        [.. ApiReflection.Descriptor.Services[0].Methods.Select(static method => method.Name).Where(static name => name is not ("Healthcheck" or "RpcFunc"))];

    private int _unnamed;

    public void Run(JavaScriptHost host)
    {
        var init = FindInit();
        engine.Machine.Call(init, JsValue.Null, [host.Contexts.Make(engine, RuntimeContext.Loading), engine.Logger, engine.Functions, MakeInitializer(host)]);
        engine.Machine.Advanced.ProcessTasks();
    }

    /// <summary>InitModule by its name, or as a member of an object that a bundler made of the module's exports.</summary>
    private JsValue FindInit()
    {
        var name = engine.Module.InitName;
        var found = engine.Module.LexicalNames.Contains(name) ? engine.Machine.Evaluate(name) : engine.Machine.Global.Get(name);
        if (found.IsCallable()) return found;
        foreach (var key in JavaScriptConversion.KeysOf(engine.Machine.Global))
        {
            if (engine.Machine.Global.Get(key) is ObjectInstance exports && exports.Get(name) is { } member && member.IsCallable()) return member;
        }

        throw new StartupException(
            $"InitModule function not found. The module {engine.Module.File} must declare a global function InitModule(ctx, logger, nk, initializer), or export one.");
    }

    private JsObject MakeInitializer(JavaScriptHost host)
    {
        var initializer = new JsObject(engine.Machine);
        foreach (var callback in CallbackTable.All)
        {
            if (callback.JavaScriptName is not { } name) continue;
            if (name.EndsWith(MethodMark, StringComparison.Ordinal))
            {
                foreach (var method in Methods) Add(initializer, name.Replace(MethodMark, method, StringComparison.Ordinal), arguments => Register(callback.Kind, method, arguments, 0));
            }
            else if (callback.Kind is CallbackKind.Http or CallbackKind.ConsoleHttp)
            {
                Add(initializer, name, arguments => RegisterHttp(callback.Kind, arguments));
            }
            else if (callback.Kind is CallbackKind.Job)
            {
                Add(initializer, name, RegisterJob);
            }
            else if (callback.Names is CallbackNames.One)
            {
                Add(initializer, name, arguments => Register(callback.Kind, "", arguments, 0));
            }
            else if (callback.Names is CallbackNames.All)
            {
                Add(initializer, name, arguments => Register(callback.Kind, $"{++_unnamed}", arguments, 0));
            }
            else
            {
                Add(initializer, name, arguments => Register(callback.Kind, NonEmptyText(arguments, 0), arguments, 1));
            }
        }

        Add(initializer, "registerMatch", RegisterMatch);
        Add(initializer, "registerStorageIndex", RegisterIndex);
        Add(initializer, "getConfig", _ => host.Binding.Call(engine, "get_config", []));
        return initializer;
    }

    private void Add(JsObject initializer, string name, Func<JsValue[], JsValue> run) =>
        initializer.FastSetDataProperty(name, new ClrFunction(engine.Machine, name, (_, arguments) => run(arguments)));

    private JsUndefined Register(CallbackKind kind, string name, JsValue[] arguments, int index)
    {
        if (index >= arguments.Length || !arguments[index].IsCallable()) throw engine.MakeTypeError("expects a function");
        Note(kind, name, arguments[index]);
        return (JsUndefined)JsValue.Undefined;
    }

    /// <summary><c>(path, fn, methods?)</c>.</summary>
    private JsUndefined RegisterHttp(CallbackKind kind, JsValue[] arguments)
    {
        var methods = IsAbsent(arguments, 2) ? [] : TextsAt(arguments, 2);
        try
        {
            return Register(kind, HttpHandlerPath.NameOf(kind, NonEmptyText(arguments, 0), methods), arguments, 1);
        }
        catch (FunctionException e)
        {
            throw engine.MakeTypeError(e.Text.JavaScript);
        }
    }

    /// <summary><c>(name, schedule, fn)</c>.</summary>
    private JsUndefined RegisterJob(JsValue[] arguments)
    {
        try
        {
            var job = JobDefinition.Of(NonEmptyText(arguments, 0), NonEmptyText(arguments, 1));
            registrations.Jobs[job.Name] = job;
            return Register(CallbackKind.Job, job.Name, arguments, 2);
        }
        catch (FunctionException e)
        {
            throw engine.MakeTypeError(e.Text.JavaScript);
        }
    }

    private JsValue RegisterMatch(JsValue[] arguments)
    {
        var name = TextAt(arguments, 0);
        if (arguments.Length < 2 || arguments[1] is not ObjectInstance handler) throw engine.MakeTypeError("expects an object");
        for (var i = 0; i < MatchFunctions.Length; i++)
        {
            var function = handler.Get(MatchFunctions[i]);
            if (function.IsUndefined()) throw engine.MakeTypeError($"{MatchFunctions[i]} not found");
            if (!function.IsCallable()) throw engine.MakeTypeError($"{MatchFunctions[i]} value not a valid function");
            Note(CallbackKind.MatchInit + i, name, function);
        }

        return JsValue.Undefined;
    }

    private JsValue RegisterIndex(JsValue[] arguments)
    {
        var index = new StorageIndexDefinition(
            NonEmptyText(arguments, 0), NonEmptyText(arguments, 1), IsAbsent(arguments, 2) ? "" : TextAt(arguments, 2), TextsAt(arguments, 3), TextsAt(arguments, 4),
            arguments.Length > 5 && arguments[5].IsNumber() ? (int)Math.Clamp(arguments[5].AsNumber(), int.MinValue, int.MaxValue) : throw engine.MakeTypeError("expects number"),
            !IsAbsent(arguments, 6) && arguments[6].IsBoolean() && arguments[6].AsBoolean());
        if (index.Fields.Count == 0) throw engine.MakeError("Failed to register storage index: storage Index 'fields' must contain at least one top level key to index");
        if (index.MaxEntries <= 0) throw engine.MakeError("Failed to register storage index: storage Index 'max_entries' must be > 0");
        if (registrations.StorageIndexes.Any(known => known.Name == index.Name))
            throw engine.MakeError($"Failed to register storage index: cannot create index: index with name \"{index.Name}\" already exists");
        registrations.StorageIndexes.Add(index);
        return JsValue.Undefined;
    }

    /// <summary>Remembers a function by the best way to find it in another engine.</summary>
    private void Note(CallbackKind kind, string name, JsValue function)
    {
        register?.Invoke(kind, name, function);
        var module = engine.Module;
        foreach (var key in JavaScriptConversion.KeysOf(engine.Machine.Global))
        {
            if (!ReferenceEquals(engine.Machine.Global.Get(key), function)) continue;
            registrations.Add(kind, name, FunctionPlace.Global, key);
            return;
        }

        foreach (var lexical in module.LexicalNames)
        {
            if (!ReferenceEquals(engine.Machine.Evaluate(lexical), function)) continue;
            registrations.Add(kind, name, FunctionPlace.Lexical, lexical);
            return;
        }

        // A function that is no global itself may be registered by a member's name; see Registrations.
        if (kind is CallbackKind.Rpc or CallbackKind.StorageIndexFilter && module.MemberNames.TryGetValue(name, out var member)
            && engine.Machine.Global.HasOwnProperty(member) && engine.Machine.Global.Get(member).IsCallable())
        {
            registrations.Add(kind, name, FunctionPlace.Global, member);
            return;
        }

        registrations.Add(kind, name, FunctionPlace.Init, "");
    }

    private string NonEmptyText(JsValue[] arguments, int index) =>
        index < arguments.Length && arguments[index].IsString() && arguments[index].ToString() is { Length: > 0 } text
            ? text
            : throw engine.MakeTypeError("expects a non empty string");

    private string TextAt(JsValue[] arguments, int index) =>
        index < arguments.Length && arguments[index].IsString() ? arguments[index].ToString() : throw engine.MakeTypeError("expects string");

    private List<string> TextsAt(JsValue[] arguments, int index)
    {
        if (index >= arguments.Length || arguments[index] is not JsArray list) throw engine.MakeTypeError("expects an array of fields");
        var texts = new List<string>();
        foreach (var item in list) texts.Add(item.IsString() ? item.ToString() : throw engine.MakeTypeError("expects a valid array of fields"));
        return texts;
    }

    private static bool IsAbsent(JsValue[] arguments, int index) => index >= arguments.Length || arguments[index].IsUndefined() || arguments[index].IsNull();
}
