using Nakama.GameLogic.Matches;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Makes the match handlers that C# games have registered.</summary>
internal sealed class GameMatchHandlers(IServiceScopeFactory scopes) : IMatchHandlerFactory
{
    private readonly Dictionary<string, ObjectFactory> _handlers = new(StringComparer.Ordinal);

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _handlers.Count == 0;

    public void Add<THandler>(string name)
        where THandler : MatchHandler => _handlers[name] = ActivatorUtilities.CreateFactory(typeof(THandler), []);

    public async ValueTask<IMatchHandler?> CreateAsync(string name, MatchContext match, CancellationToken cancellationToken)
    {
        if (!_handlers.TryGetValue(name, out var create)) return null;
        var scope = scopes.CreateAsyncScope();
        try
        {
            return new GameMatchHandler((MatchHandler)create(scope.ServiceProvider, []), scope, match);
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }
}
