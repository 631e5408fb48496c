using Jint;
using Jint.Runtime;
using Nakama.Server.Errors;
using Nakama.Server.Metrics;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The JavaScript module of the node and the engines that run it.</summary>
internal sealed class JavaScriptRuntime(JavaScriptHost host, ServerMetrics metrics, MetricRegistry gauges, ILogger<JavaScriptRuntime> log) : IScriptRuntime
{
    private readonly InitRecording _recording = new();
    private JavaScriptRegistrations _registrations = new();
    private JavaScriptModule? _module;

    public ScriptLanguage Language => ScriptLanguage.JavaScript;

    public async ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        _module = JavaScriptModuleLoader.Load(host.Options, log);
        if (_module is null) return null;

        _registrations = await host.Threads.RunAsync(this, static runtime => runtime.Register(), deadline: null);
        InterpreterPool<JavaScriptEngine> pool = null!;
        pool = new(Language, _ => MakePooledAsync(pool), host.Options.JsMaxCount, host.Options, metrics, host.Time);
        await pool.FillAsync(host.Options.JsMinCount, cancellationToken);
        gauges.Gauge("runtime_waiting_calls", () => pool.WaitingCount, new KeyValuePair<string, string>("language", "javascript"));
        ModuleLog.Loaded(log, "JavaScript", 1);

        var registrations = new RuntimeRegistrations(new JavaScriptCallbackInvoker(pool, host.Threads, log));
        foreach (var (kind, name) in _registrations.Keys.Where(static key => key.Kind < CallbackKind.MatchInit)) registrations.Add(kind, name);
        registrations.StorageIndexes.AddRange(_registrations.StorageIndexes);
        registrations.MatchHandlers = new JavaScriptMatchHandlers(host, _module, _registrations, _recording);
        return registrations;
    }

    private async ValueTask<JavaScriptEngine> MakePooledAsync(InterpreterPool<JavaScriptEngine> pool)
    {
        var engine = await host.Threads.RunAsync(this, static runtime => runtime.Make(), deadline: null);
        engine.Pool = pool;
        return engine;
    }

    /// <summary>Runs the module and its InitModule once, for what it registers.</summary>
    private JavaScriptRegistrations Register()
    {
        var registrations = new JavaScriptRegistrations();
        JavaScriptEngine? engine = null;
        try
        {
            engine = new JavaScriptEngine(host, _module!) { Recording = _recording };
            new JavaScriptInitializer(engine, registrations, register: null).Run(host);
            return registrations;
        }
        catch (JavaScriptException e)
        {
            var trace = StackTraces.Of(e, _module!);
            throw new StartupException($"The JavaScript module {_module!.File} failed: {StackTraces.Join(JavaScriptConversion.TextOf(e.Error), trace)}", e);
        }
        catch (Exception e) when (e is JintException or InsufficientExecutionStackException or ScriptStoppedException)
        {
            throw new StartupException($"The JavaScript module {_module!.File} failed: {e.Message}", e);
        }
    }

    private JavaScriptEngine Make()
    {
        var engine = new JavaScriptEngine(host, _module!);
        engine.Connect(_registrations, _recording, host.Options.JsReadOnlyGlobals);
        return engine;
    }
}
