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
internal sealed class JavaScriptBinding(FunctionCatalog catalog, ILogger<JavaScriptBinding> log)
{
    private readonly FunctionDescription[] _functions = [.. catalog.Functions.Where(static function => function.JavaScriptName is not null)];

    private readonly string[] _services = [.. catalog.Services];

    /// <summary>The object that modules know as <c>nk</c>.</summary>
    public ObjectInstance MakeModule(JavaScriptEngine engine)
    {
        var module = new JsObject(engine.Machine);
        foreach (var function in _functions.Where(static function => function.Service is null)) module.FastSetDataProperty(function.JavaScriptName!, MakeFunction(engine, function));
        foreach (var service in _services)
        {
            var name = FunctionDescription.CamelCase($"get_{service}");
            module.FastSetDataProperty(name, new ClrFunction(engine.Machine, name, (_, _) => MakeService(engine, service)));
        }

        return module;
    }

    /// <summary>Calls a function that is no member of <c>nk</c>.</summary>
    public JsValue Call(JavaScriptEngine engine, string name, JsValue[] arguments) => Run(engine, catalog.Find(name)!, arguments);

    private JsObject MakeService(JavaScriptEngine engine, string service)
    {
        var members = new JsObject(engine.Machine);
        foreach (var function in _functions.Where(function => function.Service == service)) members.FastSetDataProperty(function.JavaScriptName!, MakeFunction(engine, function));
        return members;
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
                ModuleLog.HostFunctionFailed(log, error, function.Name);
                return engine.MakeError($"{function.JavaScriptName} failed: {Cause.Of(error)}");
        }
    }
}
