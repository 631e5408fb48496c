using Nakama.GameLogic;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>The C# game modules that the hosting program provides.</summary>
internal sealed class GameRuntime(IEnumerable<IGameModule> modules, GameInvoker invoker, GameContexts contexts, ILogger<GameRuntime> log) : IScriptRuntime
{
    public ScriptLanguage Language => ScriptLanguage.DotNet;

    public ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        var registrations = new RuntimeRegistrations(invoker);
        var count = 0;
        foreach (var module in modules)
        {
            module.Register(new GameBuilder(registrations, invoker, contexts));
            count++;
        }

        if (count == 0) return default;
        ModuleLog.Loaded(log, "C#", count);
        return new(registrations);
    }
}
