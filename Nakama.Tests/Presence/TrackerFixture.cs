using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Cluster;
using Nakama.Server.Config;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Tests.Presence;

/// <summary>A tracker with sessions that only listen.</summary>
internal sealed class TrackerFixture : IDisposable
{
    private readonly ServiceProvider _services;

    public TrackerFixture(params IPresenceListener[] listeners)
        : this(1024, listeners)
    {
    }

    public TrackerFixture(int queueSize, params IPresenceListener[] listeners)
    {
        var options = new NakamaOptions { Tracker = new TrackerOptions { EventQueueSize = queueSize } };
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddNakamaOptions(options)
            .AddMetricsFeature()
            .AddLifecycle()
            .AddCluster().AddSessions().AddPresence().AddStreams();
        foreach (var listener in listeners) services.AddSingleton(listener);
        _services = services.BuildServiceProvider();
    }

    public PresenceTracker Tracker => _services.GetRequiredService<PresenceTracker>();

    public MessageRouter Router => _services.GetRequiredService<MessageRouter>();

    public SessionRegistry Sessions => _services.GetRequiredService<SessionRegistry>();

    public static PresenceMeta Visible => new(Hidden: false, Persistence: true, "");

    public static PresenceMeta Hidden => new(Hidden: true, Persistence: true, "");

    public static StreamId NewStream(byte mode = 77) => new(mode, Guid.NewGuid());

    public ListeningSession Open(string username = "anna", Guid? userId = null)
    {
        var session = new ListeningSession(_services.GetRequiredService<SessionHost>())
        {
            Id = _services.GetRequiredService<SessionIds>().Next(),
            UserId = userId ?? Guid.NewGuid(),
            Username = username,
            Vars = new Dictionary<string, string>(),
            Expiry = 0,
            Lang = "en",
            ClientIp = "",
            ClientPort = "",
        };
        _services.GetRequiredService<SessionHost>().Open(session);
        return session;
    }

    public void Dispose() => _services.Dispose();
}
