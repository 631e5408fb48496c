using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nakama.AppHost.Postgres;

namespace Nakama.AppHost;

internal static class NakamaServerExtensions
{
    private const string Loopback = "localhost";

    /// <summary>The default folder of game modules, inside the clone; an argument or the environment can override it.</summary>
    private const string ModulesFolder = "../modules";

    /// <summary>
    /// A node of the game server. Game clients connect to its ports directly, without a proxy. Each gRPC port is derived from
    /// another: one below the API's, three below the console API's.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddNakamaServer(
        this IDistributedApplicationBuilder builder, string name, AppHostPorts ports, bool isOpen, string[] arguments)
    {
        var server = builder.AddProject<Projects.Nakama_Server>(name).AsBuilt()
            .WithArgs(arguments)
            .WithHttpEndpoint(port: ports[7350], name: "http", env: "NAKAMA_SOCKET__PORT", isProxied: false)
            .WithHttpEndpoint(port: ports[7349], name: "grpc", isProxied: false)
            .WithEndpoint(port: ports[7352], scheme: "udp", name: "udp", env: "NAKAMA_SOCKET__RUDP_PORT", isProxied: false, protocol: ProtocolType.Udp)
            .WithHttpEndpoint(port: ports[7357], name: "console", env: "NAKAMA_CONSOLE__PORT", isProxied: false)
            .WithHttpEndpoint(port: ports[7354], name: "console-grpc", isProxied: false)
            .WithHttpEndpoint(port: ports[7353], name: "metrics", env: "NAKAMA_METRICS__PROMETHEUS_PORT", isProxied: false)
            .WithUrlForEndpoint("http", url => url.DisplayText = "API and realtime, for game clients")
            .WithUrlForEndpoint("grpc", url => Minor(url, "gRPC, for game clients"))
            .WithUrlForEndpoint("udp", url => Minor(url, "Reliable UDP, for game clients"))
            .WithUrlForEndpoint("console", url => Minor(url, "Console API, for tools"))
            .WithUrlForEndpoint("console-grpc", url => Minor(url, "Console API as gRPC"))
            .WithUrlForEndpoint("metrics", url =>
            {
                url.Url += "/metrics";
                Minor(url, "Metrics, for Prometheus");
            })
            .WithEnvironment("NAKAMA_RUNTIME__PATH", builder.Configuration["NAKAMA_RUNTIME__PATH"] ?? Path.GetFullPath(ModulesFolder, builder.AppHostDirectory))
            .WithEnvironment("NAKAMA_CONSOLE__ADDRESS", Loopback)
            .WithEnvironment("NAKAMA_METRICS__PROMETHEUS_ADDRESS", Loopback)
            // The server listens where its own settings say; it would only log a warning that it ignores this.
            .WithEnvironment(context => context.EnvironmentVariables.Remove("ASPNETCORE_URLS"))
            .WithHttpHealthCheck("/healthcheck", endpointName: "http")
            .WithHttpCommand("/healthcheck", "Check health", endpointName: "http", commandOptions: new() { Method = HttpMethod.Get, IconName = "HeartPulse" })
            .WithIconName("Games");
        if (!isOpen) server.WithEnvironment("NAKAMA_SOCKET__ADDRESS", Loopback);
        return server;
    }

    /// <summary>Every port that must be free before the start, with its purpose.</summary>
    public static IEnumerable<(int Port, ProtocolType Protocol, string Use)> NeededPorts(
        AppHostPorts ports, NakamaDatabase database, IConfiguration configuration) =>
    [
        (ports[7350], ProtocolType.Tcp, "the API"), (ports[7349], ProtocolType.Tcp, "gRPC"), (ports[7352], ProtocolType.Udp, "reliable UDP"),
        (ports[7351], ProtocolType.Tcp, "the console"), (ports[7357], ProtocolType.Tcp, "the console API"),
        (ports[7354], ProtocolType.Tcp, "the console API as gRPC"), (ports[7353], ProtocolType.Tcp, "metrics"),
        .. database.LocalPort is { } port ? new[] { (port, ProtocolType.Tcp, "PostgreSQL") } : [],
        .. DashboardSettings.Ports(configuration).Select(dashboard => (dashboard, ProtocolType.Tcp, "the dashboard")),
    ];

    /// <summary>Reports on the terminal what happens, and the addresses of all programs.</summary>
    public static void AddStartReport(this IDistributedApplicationBuilder builder, AppHostPorts ports, NakamaDatabase database)
    {
        var isDebugged = !string.IsNullOrEmpty(builder.Configuration["DEBUG_SESSION_PORT"]);
        builder.Services.AddSingleton(Console.Out);
        builder.Services.AddSingleton(new StartReportOptions(["migrate", "server", "console"], Addresses, isDebugged));
        builder.Services.AddHostedService<StartReport>();
        builder.Services.AddHostedService<OrderlyStop>();
        builder.Eventing.Subscribe<BeforeStartEvent>((started, _) =>
        {
            RemoveCertificates(started.Model);
            return Task.CompletedTask;
        });

        string Addresses() => $"""

              API        http://localhost:{ports[7350]}   gRPC at {ports[7349]}, reliable UDP at {ports[7352]}
              Console    http://localhost:{ports[7351]}   admin / password, unless you have set others
              Dashboard  logs, traces and metrics of everything; sample clients; emptying the database
              Data       {database.Place}

              Login to the dashboard at {DashboardSettings.LoginUrl(builder.Configuration)}

              Ctrl+C stops everything.

            """;
    }

    /// <summary>
    /// Plain HTTP needs no development certificate, and the dashboard would warn of a missing one.
    /// </summary>
    private static void RemoveCertificates(DistributedApplicationModel model)
    {
        foreach (var resource in model.Resources)
        {
            if (resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.UriScheme == "https")) continue;
            resource.Annotations.Add(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });
        }
    }

    private static void Minor(ResourceUrlAnnotation url, string text)
    {
        url.DisplayText = text;
        url.DisplayLocation = UrlDisplayLocation.DetailsOnly;
    }
}
