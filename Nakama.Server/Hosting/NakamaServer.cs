using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Authentication;
using Nakama.Server.Chat;
using Nakama.Server.Cluster;
using Nakama.Server.Config;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Database;
using Nakama.Server.Friends;
using Nakama.Server.Groups;
using Nakama.Server.Identity;
using Nakama.Server.Leaderboards;
using Nakama.Server.Lifecycle;
using Nakama.Server.Logging;
using Nakama.Server.Matches;
using Nakama.Server.Matchmaking;
using Nakama.Server.Metrics;
using Nakama.Server.Notifications;
using Nakama.Server.Outbound;
using Nakama.Server.Parties;
using Nakama.Server.Presence;
using Nakama.Server.Purchases;
using Nakama.Server.Realtime;
using Nakama.Server.Rpc;
using Nakama.Server.Runtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Status;
using Nakama.Server.Storage;
using Nakama.Server.Streams;
using Nakama.Server.Tournaments;
using Nakama.Server.Transport;
using Nakama.Server.Transport.Grpc;
using Nakama.Server.Transport.Http;
using Nakama.Server.Transport.Metrics;
using Nakama.Server.Transport.Rudp;
using Nakama.Server.Transport.SignalR;
using Nakama.Server.Transport.WebSocket;
using Nakama.Server.Wallets;
using Nakama.ServiceDefaults;

namespace Nakama.Server.Hosting;

/// <summary>Composes a node: its listeners, its features, and its background services.</summary>
public static class NakamaServer
{
    /// <summary>
    /// Starts building a node that is embedded in another program. Throws <see cref="UsageException"/> for a bad command line and
    /// <see cref="Errors.StartupException"/> for a bad file or variable.
    /// </summary>
    public static NakamaServerBuilder CreateBuilder(params string[] args) => new(args, Environment.GetEnvironmentVariables());

    /// <summary>
    /// The whole program of a game: runs a node with the game, or one of the commands of the server such as <c>migrate up</c>.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds the game.</param>
    /// <returns>The exit code.</returns>
    /// <example><code>
    /// return await NakamaServer.RunAsync(args, server => server.WithGameLogic&lt;ChessGame&gt;());
    /// </code></example>
    public static Task<int> RunAsync(string[] args, Action<NakamaServerBuilder> configure) => NakamaProgram.RunAsync(args, configure);

    /// <summary>Builds a node that is ready to run and leaves signal handling to the surrounding program.</summary>
    /// <param name="options">Validated settings.</param>
    /// <param name="configure">Changes to the services before they are built, such as another clock.</param>
    public static WebApplication Create(NakamaOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        options = OptionsDefaults.Complete(options);
        // Settings are read once; with reloading, a thread would watch the folder for changes.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        // The node's own settings determine its addresses, not the URL settings of the web application's environment.
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, null);
        builder.Logging.AddNakamaLogging(options.Logger, builder.Configuration);
        builder.AddServiceDefaults();
        builder.AddNakamaDatabase("nakamadb", DatabaseConnection.Text(options.Database));
        if (options.Metrics.PrometheusPort > 0) builder.Services.AddRuntimeMetrics();
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        builder.Services.AddHostedService<NodeStartup>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services
            .AddNakamaOptions(options)
            .AddMetricsFeature()
            .AddLifecycle()
            .AddDatabase()
            .AddSecurity()
            .AddOutbound()
            .AddSocial()
            .AddCluster()
            .AddRepair<SecurityReplication>()
            .AddSessions()
            .AddPresence()
            .AddStreams()
            .AddApi()
            .AddRealtime()
            .AddStatus()
            .AddNotifications()
            .AddFriends()
            .AddChat()
            .AddGroups()
            .AddAccounts()
            .AddStorage()
            .AddWallets()
            .AddPurchases()
            .AddLeaderboards()
            .AddTournaments()
            .AddAuthenticationFeature()
            .AddConsoleApi()
            .AddMatches()
            .AddMatchmaking()
            .AddParties()
            .AddRpc()
            .AddRuntime()
            .AddConfigViews()
            .AddStorageIndexes()
            .AddSingleton<ConnectionLimiter>()
            .AddSingleton<SessionFactory>()
            .AddHttpListeners()
            .AddGrpcApi()
            .AddMetricsEndpoint()
            .AddWebSocket()
            .AddExplorerSocket()
            .AddSignalRHub()
            .AddReliableUdp()
            .AddClusterNode(options.Cluster);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => NodeListeners.Configure(kestrel, options));
        if (options.Socket.SslCertificate.Length > 0) builder.WebHost.UseKestrelHttpsConfiguration();
        configure?.Invoke(builder);

        var app = builder.Build();
        var rates = app.Services.GetRequiredService<LogRates>();
        app.Services.GetRequiredService<MetricRegistry>().Gauge("log_lines_dropped", () => rates.Dropped);
        var listeners = new IListenerHandler?[Enum.GetValues<ListenerKind>().Length];
        foreach (var listener in app.Services.GetServices<IListenerHandler>()) listeners[(int)listener.Kind] = listener;
        var limits = new RequestLimits(options);
        // The hub adds the authorization services, but no endpoint requires authorization: without this mark, which the
        // middleware sets itself, the builder would add the middleware to every request.
        ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseRawTargets();
        app.MapDefaultEndpoints();
        if (options.Metrics.PrometheusPort > 0)
            app.UseRuntimeMetrics(static context => context.Features.Get<ListenerFeature>()!.Kind == ListenerKind.Metrics);
        var lifecycle = app.Services.GetRequiredService<NodeLifecycle>();
        app.Run(context =>
        {
            if (!lifecycle.AcceptsConnections) return RefuseAsync(context);
            var kind = context.Features.Get<ListenerFeature>()!.Kind;
            limits.Apply(context, kind);
            return listeners[(int)kind]!.HandleAsync(context);
        });
        return app;
    }

    /// <summary>Answers a request on a connection that is about to be closed. gRPC clients map the status to code 14.</summary>
    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
