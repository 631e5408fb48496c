using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Nakama.GameLogic.Functions;
using Nakama.GameLogic.Testing.Memory;

namespace Nakama.GameLogic.Testing;

/// <summary>
/// Runs a module without a server: its functions, hooks, jobs and matches, on a clock that the test steps. Accounts, storage,
/// wallets, notifications and matches are kept in memory; other functions of the server are fakes of the test, or those of a real
/// server.
/// </summary>
/// <example><code>
/// await using var host = GameTestHost.Start&lt;ChessGame&gt;();
/// var answer = await host.RpcAsync("best_move", """{"position":"e4"}""", new TestSession("anna"));
/// var match = await host.CreateMatchAsync("chess");
/// await match.JoinAsync(new TestSession("ben"));
/// await match.TickAsync(10);
/// </code></example>
public sealed partial class GameTestHost : IAsyncDisposable
{
    /// <summary>The name of the node.</summary>
    public const string NodeName = "test";

    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;
    private readonly TestGameBuilder _game = new();
    private readonly List<TestMatch> _matches = [];

    private GameTestHost(IServiceCollection services, INakama? nakama)
    {
        Clock = new SteppedTimeProvider();
        services.TryAddSingleton<TimeProvider>(Clock);
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(nakama ?? InMemoryNakama.Create(this));
        _services = services.BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
    }

    /// <summary>The clock of the module and its matches.</summary>
    public SteppedTimeProvider Clock { get; }

    /// <summary>The functions of the server as the module gets them.</summary>
    public INakama Nakama => _services.GetRequiredService<INakama>();

    /// <summary>The services of the module.</summary>
    public IServiceProvider Services => _scope.ServiceProvider;

    /// <summary>The values of <see cref="GameContext.Environment"/>.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The matches that have not ended.</summary>
    public IReadOnlyList<TestMatch> Matches => [.. _matches.Where(static match => !match.IsEnded)];

    /// <summary>The indexes that the module has registered.</summary>
    public IReadOnlyList<StorageIndex> StorageIndexes => _game.Indexes;

    /// <summary>Makes the module and lets it register its functions.</summary>
    /// <typeparam name="TModule">The module.</typeparam>
    /// <param name="configure">Adds services, as the program of the game does; fakes replace functions that are not in memory.</param>
    /// <param name="nakama">The functions of a real server, for tests against a real store; null for those in memory.</param>
    public static GameTestHost Start<TModule>(Action<IServiceCollection>? configure = null, INakama? nakama = null)
        where TModule : class, IGameModule
    {
        var services = new ServiceCollection();
        services.AddScoped<TModule>();
        configure?.Invoke(services);
        var host = new GameTestHost(services, nakama);
        host.Services.GetRequiredService<TModule>().Register(host._game);
        return host;
    }

    /// <summary>A new player with an account.</summary>
    /// <param name="username">The name of the user.</param>
    public async Task<TestSession> AddPlayerAsync(string username)
    {
        var user = await Nakama.Authentication.DeviceAsync(Guid.NewGuid().ToString(), username);
        return new TestSession(user.Username) { UserId = user.UserId };
    }

    /// <summary>Starts a match with a handler that the module has registered.</summary>
    /// <param name="name">The name of the handler.</param>
    /// <param name="parameters">What the handler gets.</param>
    /// <exception cref="NakamaException">There is no such handler, or the match cannot begin.</exception>
    public async Task<TestMatch> CreateMatchAsync(string name, params (string Name, object? Value)[] parameters)
    {
        if (!_game.Matches.TryGetValue(name, out var make)) throw Refused("not found", null);
        var match = new TestMatch($"{Guid.NewGuid()}.{NodeName}", name, make(Services), Clock);
        try
        {
            await match.BeginAsync(parameters.ToDictionary(static entry => entry.Name, static entry => entry.Value));
        }
        catch (Exception e)
        {
            throw Refused(e.Message, e);
        }

        _matches.Add(match);
        return match;
    }

    /// <summary>A match of game logic by its id; null when there is none or it has ended.</summary>
    public TestMatch? FindMatch(string matchId) => Matches.FirstOrDefault(match => match.MatchId == matchId);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static NakamaException Refused(string reason, Exception? cause) =>
        new("match_create", $"error creating match: error creating match: {reason}", $"error creating match: {reason}", cause);
}
