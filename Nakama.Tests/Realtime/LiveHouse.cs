using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Config;
using Nakama.Server.Hooks;
using Nakama.Server.Lifecycle;
using Nakama.Server.Matches;
using Nakama.Server.Matchmaking;
using Nakama.Server.Metrics;
using Nakama.Server.Parties;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;
using Nakama.Tests.Presence;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Realtime;

/// <summary>Matches and parties of a node without connections: sessions that only listen, and messages that come in as texts.</summary>
internal sealed class LiveHouse : IDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="change">Settings other than the default ones.</param>
    public LiveHouse(Func<NakamaOptions, NakamaOptions>? change = null)
    {
        var options = new NakamaOptions { Name = "house" };
        if (change is not null) options = change(options);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddNakamaOptions(options)
            .AddMetricsFeature()
            .AddLifecycle()
            .AddSingleton<SessionTokens>().AddSingleton<HookRegistry>()
            .AddCluster().AddSessions().AddPresence().AddStreams().AddRealtime().AddMatches().AddMatchmaking().AddParties()
            .BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    public PresenceTracker Tracker => Get<PresenceTracker>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ListeningSession Open(string username = "anna", Guid? userId = null)
    {
        var session = new ListeningSession(Get<SessionHost>())
        {
            Id = Get<SessionIds>().Next(),
            UserId = userId ?? Guid.NewGuid(),
            Username = username,
            Vars = new Dictionary<string, string>(),
            Expiry = 0,
            Lang = "en",
            ClientIp = "",
            ClientPort = "",
        };
        Get<SessionHost>().Open(session);
        return session;
    }

    /// <summary>Hands in a message and returns its direct answer; null when there is none.</summary>
    /// <param name="session">Who says it.</param>
    /// <param name="message">The members of the envelope without its cid: <c>"ping":{}</c>.</param>
    public async Task<Envelope?> AskAsync(ListeningSession session, string message)
    {
        var cid = Unique.Name("c");
        await SayAsync(session, $$"""{"cid":"{{cid}}",{{message}}}""");
        return session.Received.LastOrDefault(envelope => envelope.Cid == cid);
    }

    /// <summary>The same, for what is refused: the code and the text.</summary>
    public async Task<(int Code, string Text)> RefusalAsync(ListeningSession session, string message)
    {
        var error = (await AskAsync(session, message))!.Error;
        return (error.Code, error.Message);
    }

    /// <summary>Hands in a whole envelope and waits until it and the presence events that follow are done.</summary>
    public async Task SayAsync(ListeningSession session, string envelope)
    {
        await ProcessAsync(session, EnvelopeJson.Parse(Encoding.UTF8.GetBytes(envelope)));
        await Tracker.SettledAsync();
    }

    /// <summary>Hands in an envelope and waits only for its answer.</summary>
    public ValueTask ProcessAsync(ListeningSession session, Envelope envelope) =>
        Get<RealtimePipeline>().ProcessAsync(session, envelope, size: 100);

    /// <summary>Waits until the presence events have been told.</summary>
    public Task SettledAsync() => Tracker.SettledAsync();

    public void Dispose() => _services.Dispose();
}
