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
    private List<LuaModule> _modules = [];
    private LuaInterpreter? _reference;

    public ScriptLanguage Language => ScriptLanguage.Lua;

    public async ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        _modules = LuaModuleLoader.Load(options.Path);
        if (_modules.Count == 0) return null;

        _reference = await MakeAsync(new LuaCallbacks(), cancellationToken);
        InterpreterPool<LuaInterpreter> pool = null!;
        pool = new(ScriptLanguage.Lua, token => MakePooledAsync(pool, token), options.LuaMaxCount, options, metrics, host.TimeProvider);
        await pool.FillAsync(options.LuaMinCount, cancellationToken);
        gauges.Gauge("runtime_waiting_calls", () => pool.WaitingCount, new KeyValuePair<string, string>("language", "lua"));
        ModuleLog.Loaded(log, "Lua", _modules.Count);

        var registrations = new RuntimeRegistrations(new LuaCallbackInvoker(pool, contexts, errors));
        foreach (var (kind, name) in _reference.Callbacks.Keys) registrations.Add(kind, name);
        foreach (var job in _reference.Callbacks.Jobs.Values) registrations.AddJob(job);
        registrations.MatchHandlers = new LuaMatchHandlers(host, limits, binding, contexts, _modules);
        registrations.StorageIndexes.AddRange(_reference.Callbacks.StorageIndexes);
        return registrations;
    }

    /// <summary>
    /// Creates an interpreter for the pool. By default all of them share the state that the modules created when they were
    /// loaded, including variables; otherwise each loads the modules separately.
    /// </summary>
    private async ValueTask<LuaInterpreter> MakePooledAsync(InterpreterPool<LuaInterpreter> pool, CancellationToken cancellationToken)
    {
        var interpreter = options.LuaReadOnlyGlobals
            ? new LuaInterpreter(_reference!.Machine.CreateSharing(), _reference.Callbacks, contexts.MakeEnvironment())
            : await MakeAsync(new LuaCallbacks(), cancellationToken);
        interpreter.Pool = pool;
        return interpreter;
    }

    /// <summary>Creates an interpreter and runs all modules in it.</summary>
    private async ValueTask<LuaInterpreter> MakeAsync(LuaCallbacks callbacks, CancellationToken cancellationToken)
    {
        var machine = new LuaMachine(host, limits);
        var interpreter = new LuaInterpreter(machine, callbacks, contexts.MakeEnvironment()) { IsLoading = true };
        machine.Loaded["nakama"] = binding.MakeModule();
        var preload = machine.Globals["package"].AsTable!["preload"].AsTable!;
        foreach (var module in _modules) preload[module.Name] = machine.Load(module.Code);
        foreach (var module in _modules)
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
