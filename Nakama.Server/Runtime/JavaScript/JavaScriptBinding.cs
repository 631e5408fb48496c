using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Creates the functions that modules call from the descriptions.</summary>
internal sealed class JavaScriptBinding
{
    private readonly FunctionCatalog _catalog;
    private readonly ILogger _log;

    // A function is made when an engine first reads it: most modules use few of them.
    private readonly JsObjectShape _module;

    public JavaScriptBinding(FunctionCatalog catalog, ILogger<JavaScriptBinding> log)
    {
        (_catalog, _log) = (catalog, log);
        var module = new JsObjectShape.Builder();
        AddFunctions(module, service: null);
        foreach (var service in catalog.Services)
        {
            var members = new JsObjectShape.Builder();
            AddFunctions(members, service);
            var shape = members.Build();
            var name = FunctionDescription.CamelCase($"get_{service}");
            module.PerRealmSlot(name, owner => MakeGetter(EngineOf(owner), name, shape), enumerable: true);
        }

        _module = module.Build();
    }

    /// <summary>The object that modules know as <c>nk</c>.</summary>
    public ObjectInstance MakeModule(JavaScriptEngine engine) => Instantiate(_module, engine);

    /// <summary>Calls a function that is no member of <c>nk</c>.</summary>
    public JsValue Call(JavaScriptEngine engine, string name, JsValue[] arguments) => Run(engine, _catalog.Find(name)!, arguments);

    private static ObjectInstance Instantiate(JsObjectShape shape, JavaScriptEngine engine)
    {
        var result = shape.Instantiate(engine.Machine);
        JsObjectShape.SetHostState(result, engine);
        return result;
    }

    private static JavaScriptEngine EngineOf(ObjectInstance module) => (JavaScriptEngine)JsObjectShape.GetHostState(module)!;

    private static ClrFunction MakeGetter(JavaScriptEngine engine, string name, JsObjectShape service) =>
        new(engine.Machine, name, (_, _) => Instantiate(service, engine));

    private void AddFunctions(JsObjectShape.Builder members, string? service)
    {
        foreach (var function in _catalog.Functions)
        {
            if (function.JavaScriptName is { } name && function.Service == service)
                members.PerRealmSlot(name, owner => MakeFunction(EngineOf(owner), function), enumerable: true);
        }
    }

    private ClrFunction MakeFunction(JavaScriptEngine engine, FunctionDescription function) =>
        new(engine.Machine, function.JavaScriptName!, (_, arguments) => Run(engine, function, arguments));

    private JsValue Run(JavaScriptEngine engine, FunctionDescription function, JsValue[] arguments)
    {
        try
        {
            return Convert(engine, function, Run(engine, function, JavaScriptArguments.Read(function, engine, arguments)));
        }
        catch (Exception e) when (ToScript(engine, function, e) is { } error)
        {
            throw error;
        }
    }

    private static ScriptValue Run(JavaScriptEngine engine, FunctionDescription function, ScriptValue[] values)
    {
        if (engine.Recording is { } recording) return Recorded(engine, function, values, recording);
        return Call(engine, function, values);
    }

    private static ScriptValue Recorded(JavaScriptEngine engine, FunctionDescription function, ScriptValue[] values, InitRecording recording)
    {
        if (recording.IsReplay) return recording.Next(function.JavaScriptName!);
        try
        {
            var result = Call(engine, function, values);
            recording.Add(function.JavaScriptName!, result, null);
            return result;
        }
        catch (Exception e)
        {
            recording.Add(function.JavaScriptName!, default, e);
            throw;
        }
    }

    private static ScriptValue Call(JavaScriptEngine engine, FunctionDescription function, ScriptValue[] values)
    {
        if (function.Body is { } body) return body(new FunctionCall(ScriptLanguage.JavaScript, engine, engine.Context, values));

        // Callbacks that the function causes run on the engine that waits for it.
        var wait = new FunctionWait(engine);
        var call = new FunctionCall(ScriptLanguage.JavaScript, engine, engine.Context, values)
        {
            Caller = function.TakesFunction ? new JavaScriptFunctionCaller(wait) : null,
        };
        var held = engine.Pool is { } pool ? HeldInterpreter.Enter(pool, wait) : null;
        var running = Start(function, call, held);
        if (!running.IsCompleted) return engine.Wait(wait, running, held);
        held?.Close();
        return running.GetAwaiter().GetResult();
    }

    private static ValueTask<ScriptValue> Start(FunctionDescription function, FunctionCall call, HeldInterpreter? held)
    {
        try
        {
            // A client that goes away does not stop its script.
            return function.WaitingBody!(call, CancellationToken.None);
        }
        catch (Exception e)
        {
            return ValueTask.FromException<ScriptValue>(e);
        }
        finally
        {
            held?.Leave();
        }
    }

    private static JsValue Convert(JavaScriptEngine engine, FunctionDescription function, in ScriptValue result)
    {
        if (function.ResultNames.Count == 0) return JsValue.Undefined;
        if (result.Kind != ScriptValueKind.Results) return JavaScriptConversion.ToScript(engine.Machine, result);
        var values = result.AsResults();
        var entries = new KeyValuePair<string, JsValue>[values.Length];
        for (var i = 0; i < values.Length; i++)
            entries[i] = new(JavaScriptConversion.Spelled(function.ResultNames[i]), JavaScriptConversion.ToScript(engine.Machine, values[i]));
        return JsObject.CreateFromEntries(engine.Machine, entries.AsSpan());
    }

    /// <summary>The error that the script may catch; null for an exception that must propagate unchanged.</summary>
    private JavaScriptException? ToScript(JavaScriptEngine engine, FunctionDescription function, Exception error)
    {
        switch (error)
        {
            case FunctionArgumentException fault:
                return engine.MakeTypeError(fault.Text.JavaScript);
            case FunctionException fault:
                return engine.MakeError(fault.Text.JavaScript);
            case ScriptStoppedException or JintException or OperationCanceledException or InsufficientExecutionStackException:
                return null;
            case ApiException refusal:
                return engine.MakeError(refusal.Message);
            default:
                ModuleLog.HostFunctionFailed(_log, error, function.Name);
                return engine.MakeError($"{function.JavaScriptName} failed: {Cause.Of(error)}");
        }
    }
}
