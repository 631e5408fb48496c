using Jint;
using Jint.Runtime;
using Nakama.Server.Errors;
using Nakama.Server.Metrics;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The JavaScript module of the node and the engines that run it.</summary>
internal sealed class JavaScriptRuntime(JavaScriptHost host, ServerMetrics metrics, MetricRegistry gauges, ILogger<JavaScriptRuntime> log) : IScriptRuntime
{
    public ScriptLanguage Language => ScriptLanguage.JavaScript;

    public string FileExtension => ".js";

    public async ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        if (JavaScriptModuleLoader.Load(host.Options, log) is not { } module) return null;
        var modifiedAt = File.GetLastWriteTimeUtc(module.File);
        var code = await host.Threads.RunAsync((Runtime: this, Module: module), static state => state.Runtime.Register(state.Module), deadline: null);
        InterpreterPool<JavaScriptEngine> pool = null!;
        pool = new(Language, _ => MakePooledAsync(code, pool), host.Options.JsMaxCount, host.Options, metrics, host.Time);
        await pool.FillAsync(host.Options.JsMinCount, cancellationToken);
        gauges.Gauge("javascript_runtimes", () => pool.Count);
        gauges.Gauge("runtime_waiting_calls", () => pool.WaitingCount, new KeyValuePair<string, string>("language", "javascript"));
        ModuleLog.Loaded(log, "JavaScript", 1, module.File);

        var registrations = new RuntimeRegistrations(new JavaScriptCallbackInvoker(pool, host.Threads, host.Options, metrics, log));
        foreach (var (kind, name) in code.Registrations.Keys.Where(static key => key.Kind < CallbackKind.MatchInit)) registrations.Add(kind, name);
        foreach (var job in code.Registrations.Jobs.Values) registrations.AddJob(job);
        registrations.StorageIndexes.AddRange(code.Registrations.StorageIndexes);
        registrations.MatchHandlers = new JavaScriptMatchHandlers(host, module, code.Registrations, code.Recording);
        registrations.Modules.Add(new ModuleFile(module.Name, modifiedAt));
        return registrations;
    }

    private async ValueTask<JavaScriptEngine> MakePooledAsync(LoadedCode code, InterpreterPool<JavaScriptEngine> pool)
    {
        var engine = await host.Threads.RunAsync((Runtime: this, Code: code), static state => state.Runtime.Make(state.Code), deadline: null);
        engine.Pool = pool;
        return engine;
    }

    /// <summary>Runs the module and its InitModule once, for what it registers.</summary>
    private LoadedCode Register(JavaScriptModule module)
    {
        var code = new LoadedCode(module, new JavaScriptRegistrations(), new InitRecording());
        JavaScriptEngine? engine = null;
        try
        {
            engine = new JavaScriptEngine(host, module, isReadOnly: false) { Recording = code.Recording };
            new JavaScriptInitializer(engine, code.Registrations, register: null).Run(host);
            return code;
        }
        catch (JavaScriptException e)
        {
            var trace = StackTraces.Of(e, module);
            throw new StartupException($"The JavaScript module {module.File} failed: {StackTraces.Join(JavaScriptConversion.TextOf(e.Error), trace)}", e);
        }
        catch (Exception e) when (e is JintException or InsufficientExecutionStackException or ScriptStoppedException)
        {
            throw new StartupException($"The JavaScript module {module.File} failed: {e.Message}", e);
        }
    }

    private JavaScriptEngine Make(LoadedCode code)
    {
        var engine = new JavaScriptEngine(host, code.Module, host.Options.JsReadOnlyGlobals);
        engine.Connect(code.Registrations, code.Recording);
        return engine;
    }

    /// <summary>A bundle and what its InitModule did, for all engines that run it.</summary>
    private sealed record LoadedCode(JavaScriptModule Module, JavaScriptRegistrations Registrations, InitRecording Recording);
}
