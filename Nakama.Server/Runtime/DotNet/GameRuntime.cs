using Nakama.GameLogic;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>
/// The C# game modules: those in the folder of modules, then those that the hosting program provides. They live in one scope of
/// services until the server stops.
/// </summary>
internal sealed class GameRuntime(IServiceScopeFactory scopes, GameAssemblies assemblies, GameInvoker invoker, ILogger<GameRuntime> log)
    : IScriptRuntime, IAsyncDisposable
{
    private readonly AsyncServiceScope _scope = scopes.CreateAsyncScope();

    public ScriptLanguage Language => ScriptLanguage.DotNet;

    public ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        var registrations = new RuntimeRegistrations(invoker);
        var matches = new GameMatchHandlers(scopes);
        var builder = new GameBuilder(registrations, invoker, matches);
        var count = 0;
        foreach (var type in assemblies.Load())
        {
            Register(type, builder);
            count++;
        }

        foreach (var module in _scope.ServiceProvider.GetServices<IGameModule>())
        {
            module.Register(builder);
            count++;
        }

        if (count == 0) return default;
        if (!matches.IsEmpty) registrations.MatchHandlers = matches;
        ModuleLog.Loaded(log, "C#", count);
        return new(registrations);
    }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    /// <exception cref="StartupException">The module fails, or requests a service that the server does not have.</exception>
    private void Register(Type type, GameBuilder builder)
    {
        try
        {
            ((IGameModule)ActivatorUtilities.CreateInstance(_scope.ServiceProvider, type)).Register(builder);
        }
        catch (Exception e) when (e is not StartupException)
        {
            throw new StartupException($"The module {type.FullName} of {type.Assembly.GetName().Name} cannot be loaded: {e.Message}", e);
        }
    }
}
