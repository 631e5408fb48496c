using Nakama.GameLogic;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>The C# game modules that the hosting program provides. They live in one scope of services until the server stops.</summary>
internal sealed class GameRuntime(IServiceScopeFactory scopes, GameInvoker invoker, ILogger<GameRuntime> log) : IScriptRuntime, IAsyncDisposable
{
    private readonly AsyncServiceScope _scope = scopes.CreateAsyncScope();

    public ScriptLanguage Language => ScriptLanguage.DotNet;

    public ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        var registrations = new RuntimeRegistrations(invoker);
        var matches = new GameMatchHandlers(scopes);
        var count = 0;
        foreach (var module in _scope.ServiceProvider.GetServices<IGameModule>())
        {
            module.Register(new GameBuilder(registrations, invoker, matches));
            count++;
        }

        if (count == 0) return default;
        if (!matches.IsEmpty) registrations.MatchHandlers = matches;
        ModuleLog.Loaded(log, "C#", count);
        return new(registrations);
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
