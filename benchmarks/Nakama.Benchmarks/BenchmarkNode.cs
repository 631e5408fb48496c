using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Config;
using Nakama.Server.Lifecycle;
using Nakama.Server.Matches;
using Nakama.Server.Matchmaking;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Benchmarks;

/// <summary>The parts of a node that need no database, with sessions that have no connection.</summary>
internal sealed class BenchmarkNode : IDisposable
{
    private readonly ServiceProvider _services;

    public BenchmarkNode()
    {
        var options = new NakamaOptions { Matchmaker = new MatchmakerOptions { MaxTickets = int.MaxValue, MaxAddsPerSec = 0 } };
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddNakamaOptions(options)
            .AddMetricsFeature()
            .AddLifecycle()
            .AddSingleton<SessionTokens>().AddSingleton<RevocationCache>()
            .AddApi()
            .AddCluster().AddSessions().AddPresence().AddStreams().AddRealtime().AddMatches().AddMatchmaking()
            .BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public BenchmarkSession Open(SessionFormat format = SessionFormat.WebSocketJson)
    {
        var session = new BenchmarkSession(Get<SessionHost>(), format)
        {
            Id = Get<SessionIds>().Next(),
            UserId = Guid.NewGuid(),
            Username = "player",
            Vars = new Dictionary<string, string>(),
            Expiry = 0,
            Lang = "en",
            ClientIp = "",
            ClientPort = "",
        };
        Get<SessionHost>().Open(session);
        return session;
    }

    public void Dispose() => _services.Dispose();
}
