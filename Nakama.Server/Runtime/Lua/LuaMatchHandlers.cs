using Nakama.Lua;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.Lua;

/// <summary>
/// Creates match handlers from Lua modules. Each match has its own interpreter, which loads only the module of the match and the
/// modules that it requires.
/// </summary>
internal sealed class LuaMatchHandlers(LuaHost host, LuaLimits limits, LuaBinding binding, LuaContexts contexts, IReadOnlyList<LuaModule> modules)
    : IMatchHandlerFactory
{
    private static readonly LuaString Require = LuaString.From("require");
    private static readonly LuaString Nakama = LuaString.From("nakama");

    // Registrations take no effect in a match.
    private static readonly LuaCallbacks NoCallbacks = new();

    private readonly Dictionary<LuaString, LuaModule> _modules = modules.ToDictionary(static module => LuaString.From(module.Name));

    public async ValueTask<IMatchHandler?> CreateAsync(string name, MatchContext match, CancellationToken cancellationToken)
    {
        var module = LuaString.From(name);
        if (!_modules.ContainsKey(module)) return null;
        var machine = new LuaMachine(host, limits) { ModuleSource = FindCode };
        machine.Loaded.SetString(Nakama, binding.MakeModule());
        var interpreter = new LuaInterpreter(machine, NoCallbacks, contexts.MakeEnvironment())
        {
            Context = RuntimeContext.OfServer(ExecutionMode.Match, name),
            Match = match,
        };
        try
        {
            var loaded = await machine.CallAsync(machine.Globals.GetString(Require).AsFunction!, [module], cancellationToken);
            return new LuaMatchHandler(interpreter, contexts.MakeForMatch(match, interpreter.Environment), FunctionsOf(loaded[0]), match);
        }
        catch (LuaException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(e.Message, e);
        }
    }

    private static LuaFunction[] FunctionsOf(in LuaValue loaded)
    {
        var table = loaded.AsTable ?? throw Failed("match module must return a table containing the match callback functions");
        var functions = new LuaFunction[LuaMatchCalls.Names.Count];
        for (var i = 0; i < functions.Length; i++)
        {
            var name = LuaMatchCalls.Names[i];
            functions[i] = table.GetString(LuaKeys.Of(name)).AsFunction ?? throw Failed($"{name} not found or not a function");
        }

        return functions;
    }

    private static MatchException Failed(string reason, Exception? cause = null) => new($"error loading match module: {reason}", cause);

    private LuaPrototype? FindCode(LuaString name) => _modules.GetValueOrDefault(name)?.Code;
}
