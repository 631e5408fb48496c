using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Database;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;
using Nakama.Server.Transport;
using Nakama.Server.Transport.Metrics;
using Nakama.Server.Transport.WebSocket;

namespace Nakama.Server.Hosting;

/// <summary>Puts a node together: its listeners, its features, and what runs beside them.</summary>
public static class NakamaServer
{
    /// <summary>Builds a node that is ready to run.</summary>
    /// <param name="options">Validated settings.</param>
    /// <param name="configure">Changes to the services before they are built, such as another clock.</param>
    public static WebApplication Create(NakamaOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services
            .AddNakamaOptions(options)
            .AddMetricsFeature()
            .AddDatabase()
            .AddSecurity()
            .AddCluster()
            .AddSessions()
            .AddPresence()
            .AddStreams()
            .AddApi()
            .AddRealtime()
            .AddConsoleApi()
            .AddMetricsDoor()
            .AddWebSocket();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        configure?.Invoke(builder);

        var app = builder.Build();
        var doors = new IDoor?[Enum.GetValues<DoorKind>().Length];
        foreach (var door in app.Services.GetServices<IDoor>()) doors[(int)door.Kind] = door;
        app.Run(context => doors[(int)context.Features.Get<DoorFeature>()!.Kind]!.HandleAsync(context));
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, NakamaOptions options)
    {
        kestrel.AddServerHeader = false;
        Listen(kestrel, options.Socket.Address, options.Socket.Port, HttpProtocols.Http1, DoorKind.Api);
        Listen(kestrel, options.Socket.Address, options.Socket.Port - 1, HttpProtocols.Http2, DoorKind.ApiGrpc);
        Listen(kestrel, options.Console.Address, options.Console.Port, HttpProtocols.Http1, DoorKind.Console);
        Listen(kestrel, options.Console.Address, options.Console.Port - 3, HttpProtocols.Http2, DoorKind.ConsoleGrpc);
        if (options.Metrics.PrometheusPort > 0)
            Listen(kestrel, "", options.Metrics.PrometheusPort, HttpProtocols.Http1, DoorKind.Metrics);
    }

    private static void Listen(KestrelServerOptions kestrel, string address, int port, HttpProtocols protocols, DoorKind kind)
    {
        var feature = new DoorFeature(kind);
        if (address.Length == 0) kestrel.ListenAnyIP(port, Mark);
        else kestrel.Listen(IPAddress.Parse(address), port, Mark);

        void Mark(ListenOptions listen)
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                connection.Features.Set(feature);
                return next(connection);
            });
            var gate = listen.KestrelServerOptions.ApplicationServices.GetServices<IConnectionGate>().SingleOrDefault(gate => gate.Kind == kind);
            if (gate is not null) listen.Use(next => async connection =>
            {
                if (!await gate.TryRunAsync(connection)) await next(connection);
            });
        }
    }
}
