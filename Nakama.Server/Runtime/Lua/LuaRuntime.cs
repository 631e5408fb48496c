using Nakama.Lua;
using Nakama.Server.Errors;
using Nakama.Server.Metrics;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The Lua modules of the node and the interpreters that run them.</summary>
internal sealed class LuaRuntime(
    RuntimeOptions options, LuaHost host, LuaLimits limits, LuaBinding binding, LuaContexts contexts, LuaErrors errors, ServerMetrics metrics,
    MetricRegistry gauges, ILogger<LuaRuntime> log)
    : IScriptRuntime
{
    public ScriptLanguage Language => ScriptLanguage.Lua;

    public string FileExtension => LuaModuleSource.Extension;

    public async ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        var modules = LuaModuleLoader.Load(options.Path);
        if (modules.Count == 0) return null;

        var reference = await MakeAsync(modules, new LuaCallbacks(), cancellationToken);
        InterpreterPool<LuaInterpreter> pool = null!;
        pool = new(ScriptLanguage.Lua, token => MakePooledAsync(modules, reference, pool, token), options.LuaMaxCount, options, metrics, host.TimeProvider);
        await pool.FillAsync(options.LuaMinCount, cancellationToken);
        gauges.Gauge("lua_runtimes", () => pool.Count);
        gauges.Gauge("runtime_waiting_calls", () => pool.WaitingCount, new KeyValuePair<string, string>("language", "lua"));
        ModuleLog.Loaded(log, "Lua", modules.Count, options.Path);

        var registrations = new RuntimeRegistrations(new LuaCallbackInvoker(pool, contexts, errors));
        foreach (var (kind, name) in reference.Callbacks.Keys) registrations.Add(kind, name);
        foreach (var job in reference.Callbacks.Jobs.Values) registrations.AddJob(job);
        registrations.MatchHandlers = new LuaMatchHandlers(host, limits, binding, contexts, modules);
        registrations.StorageIndexes.AddRange(reference.Callbacks.StorageIndexes);
        registrations.Modules.AddRange(modules.Select(static module => new ModuleFile(module.File, module.ModifiedAt)));
        return registrations;
    }

    /// <summary>
    /// Creates an interpreter for the pool. By default all of them share the state that the modules created when they were
    /// loaded, including variables; otherwise each loads the modules separately.
    /// </summary>
    private async ValueTask<LuaInterpreter> MakePooledAsync(
        List<LuaModule> modules, LuaInterpreter reference, InterpreterPool<LuaInterpreter> pool, CancellationToken cancellationToken)
    {
        var interpreter = options.LuaReadOnlyGlobals
            ? new LuaInterpreter(reference.Machine.CreateSharing(), reference.Callbacks, contexts.MakeEnvironment())
            : await MakeAsync(modules, new LuaCallbacks(), cancellationToken);
        interpreter.Pool = pool;
        return interpreter;
    }

    /// <summary>Creates an interpreter and runs all modules in it.</summary>
    private async ValueTask<LuaInterpreter> MakeAsync(List<LuaModule> modules, LuaCallbacks callbacks, CancellationToken cancellationToken)
    {
        var machine = new LuaMachine(host, limits);
        var interpreter = new LuaInterpreter(machine, callbacks, contexts.MakeEnvironment()) { IsLoading = true };
        machine.Loaded["nakama"] = binding.MakeModule();
        var preload = machine.Globals["package"].AsTable!["preload"].AsTable!;
        foreach (var module in modules) preload[module.Name] = machine.Load(module.Code);
        foreach (var module in modules)
        {
            if (machine.Loaded[module.Name].IsTruthy) continue;
            try
            {
                // The result of the chunk is unused here; require runs the chunk again.
                await machine.CallAsync(machine.Load(module.Code), [], cancellationToken);
            }
            catch (LuaException e)
            {
                throw new StartupException($"The Lua module {module.Name} ({module.File}) failed while it was loaded: {e.Message}", e);
            }
        }

        interpreter.IsLoading = false;
        return interpreter;
    }
}
