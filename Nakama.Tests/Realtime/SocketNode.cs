using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Config;
using Nakama.Server.Hooks;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;
using Nakama.Server.Transport;
using Nakama.Server.Transport.WebSocket;
using NodeSession = Nakama.Server.Sessions.Session;

namespace Nakama.Tests.Realtime;

/// <summary>The realtime part of a node on real sockets, without a database. Tests move its clock.</summary>
public sealed class SocketNode : IAsyncDisposable
{
    private const int LongestPauseMs = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;

    private SocketNode(WebApplication app, ManualClock clock)
    {
        _app = app;
        Clock = clock;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Port = new Uri(address).Port;
    }

    public int Port { get; }

    public ManualClock Clock { get; }

    public SessionRegistry Sessions => _app.Services.GetRequiredService<SessionRegistry>();

    public PresenceTracker Tracker => _app.Services.GetRequiredService<PresenceTracker>();

    public MessageRouter Router => _app.Services.GetRequiredService<MessageRouter>();

    internal SessionTimerWheel Wheel => _app.Services.GetRequiredService<SessionTimerWheel>();

    /// <param name="options">Settings; the defaults when null.</param>
    /// <param name="withGate">Whether sockets open straight from the connection; otherwise all go through HTTP.</param>
    /// <param name="configure">More services, such as features.</param>
    /// <param name="certificate">Encrypts the connections.</param>
    public static async Task<SocketNode> StartAsync(
        NakamaOptions? options = null, bool withGate = true, Action<IServiceCollection>? configure = null, X509Certificate2? certificate = null)
    {
        options ??= new NakamaOptions();
        var clock = new ManualClock();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(clock)
            .AddNakamaOptions(options)
            .AddMetricsFeature()
            .AddLifecycle()
            .AddSingleton<SessionTokens>().AddSingleton<RevocationCache>().AddSingleton<ISessionTokenCheck, SessionTokenCheck>()
            .AddSingleton<HookRegistry>().AddSingleton<RequestRateLimits>()
            .AddCluster().AddSessions().AddPresence().AddStreams().AddRealtime().AddWebSocket()
            .AddSingleton<SessionFactory>();
        configure?.Invoke(builder.Services);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(certificate);
            if (!withGate) return;
            var gate = kestrel.ApplicationServices.GetRequiredService<IConnectionMiddleware>();
            listen.Use(next => async connection =>
            {
                if (!await gate.TryRunAsync(connection)) await next(connection);
            });
        }));

        if (certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var route = app.Services.GetRequiredService<IHttpEndpoint>();
        app.Run(route.HandleAsync);
        await app.StartAsync();
        return new SocketNode(app, clock);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public string TokenOf(Guid userId, string username = "anna") =>
        Get<SessionTokens>().Issue(userId, username, new Dictionary<string, string>()).Token;

    /// <summary>Opens a socket for a user.</summary>
    public Task<RawSocket> OpenAsync(Guid? userId = null, string parameters = "", string username = "anna") =>
        RawSocket.OpenAsync(Port, $"/ws?token={TokenOf(userId ?? Guid.NewGuid(), username)}{parameters}");

    /// <summary>The server's side of the user's only socket.</summary>
    public NodeSession SessionOf(Guid userId) => Assert.Single(Sessions.OfUser(userId));

    /// <summary>Waits until something that happens on other threads has happened.</summary>
    public static Task UntilAsync(Func<bool> happened) => UntilAsync(() => Task.FromResult(happened()));

    /// <summary>The same for what has to be asked for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var limit = new CancellationTokenSource(Patience);
        for (var pauseMs = 1; !await happened(); pauseMs = Math.Min(pauseMs * 2, LongestPauseMs)) await Task.Delay(pauseMs, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in Sessions.All) session.Close(SessionClose.PeerClosed);
        await _app.DisposeAsync();
    }
}
