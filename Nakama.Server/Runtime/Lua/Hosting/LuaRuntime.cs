using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>The Lua modules of the node and the interpreters that run them.</summary>
internal sealed class LuaRuntime(
    RuntimeOptions options, LuaHost host, LuaLimits limits, LuaBinding binding, LuaContexts contexts, LuaErrors errors, ILogger<LuaRuntime> log)
    : IScriptRuntime
{
    private List<LuaModule> _modules = [];
    private LuaInterpreter? _reference;

    public ScriptLanguage Language => ScriptLanguage.Lua;

    public async ValueTask<RuntimeRegistrations> LoadAsync(CancellationToken cancellationToken)
    {
        _modules = LuaModuleLoader.Load(options.Path);
        if (_modules.Count == 0) return new RuntimeRegistrations();

        _reference = await MakeAsync(new LuaCallbacks(), cancellationToken);
        var pool = new LuaPool(MakePooledAsync, options.LuaMaxCount);
        await pool.FillAsync(options.LuaMinCount, cancellationToken);
        ModuleLog.Loaded(log, "Lua", _modules.Count);
        return new LuaHandlers(new LuaCalls(pool, contexts, errors)).Make(_reference.Callbacks);
    }

    /// <summary>
    /// One for the pool. By default all of them share what the modules have made when they were loaded, variables
    /// included; else each loads the modules for itself.
    /// </summary>
    private ValueTask<LuaInterpreter> MakePooledAsync(CancellationToken cancellationToken) => options.LuaReadOnlyGlobals
        ? new(new LuaInterpreter(_reference!.Machine.CreateSharing(), _reference.Callbacks, contexts.MakeEnvironment()))
        : MakeAsync(new LuaCallbacks(), cancellationToken);

    /// <summary>Makes an interpreter and runs all modules in it.</summary>
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
                // What the chunk returns is for those who require it, and they run it again.
                await machine.CallAsync(machine.Load(module.Code), [], cancellationToken);
            }
            catch (LuaException e)
            {
                throw new StartupError($"The Lua module {module.Name} ({module.File}) failed while it was loaded: {e.Message}", e);
            }
        }

        interpreter.IsLoading = false;
        return interpreter;
    }
}
