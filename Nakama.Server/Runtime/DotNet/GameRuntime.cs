using Nakama.GameLogic;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>
/// The C# game modules: those in the folder of modules, which may be loaded again, then those that the hosting program provides.
/// Modules and the scoped services of their constructors live until the server stops.
/// </summary>
internal sealed class GameRuntime(
    IServiceScopeFactory scopes, GameAssemblies assemblies, GameContexts contexts, RuntimeOptions options, ILogger<GameInvoker> calls, ILogger<GameRuntime> log)
    : IScriptRuntime, IAsyncDisposable
{
    private readonly List<AsyncServiceScope> _scopes = [];
    private IReadOnlyList<IGameModule>? _own;

    public ScriptLanguage Language => ScriptLanguage.DotNet;

    public string FileExtension => GameAssemblies.Extension;

    public ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        _own ??= [.. NewScope().GetServices<IGameModule>()];
        var loaded = assemblies.Load();
        if (_own.Count + loaded.Count == 0) return default;
        var invoker = new GameInvoker(contexts, scopes, calls);
        var registrations = new RuntimeRegistrations(invoker);
        var matches = new GameMatchHandlers(scopes);
        var builder = new GameBuilder(registrations, invoker, matches);
        if (loaded.Count > 0)
        {
            var services = NewScope();
            foreach (var module in loaded)
            {
                Register(module, services, builder);
                registrations.Modules.Add(module.File);
            }
        }

        foreach (var module in _own) module.Register(builder);
        if (!matches.IsEmpty) registrations.MatchHandlers = matches;
        ModuleLog.Loaded(log, "C#", _own.Count + loaded.Count, loaded.Count > 0 ? options.Path : "the program");
        return new(registrations);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in _scopes) await scope.DisposeAsync();
    }

    private IServiceProvider NewScope()
    {
        var scope = scopes.CreateAsyncScope();
        _scopes.Add(scope);
        return scope.ServiceProvider;
    }

    /// <exception cref="StartupException">The module fails, or requests a service that the server does not have.</exception>
    private static void Register(GameAssembly module, IServiceProvider services, GameBuilder builder)
    {
        try
        {
            ((IGameModule)ActivatorUtilities.CreateInstance(services, module.Type)).Register(builder);
        }
        catch (Exception e) when (e is not StartupException)
        {
            throw new StartupException($"The module {module.File.Path} cannot be loaded: {e.Message}", e);
        }
    }
}
