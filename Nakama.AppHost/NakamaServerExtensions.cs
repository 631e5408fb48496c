using System.Globalization;
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
    /// another: one below the API's, three below the console API's. Several nodes form a cluster; their ports are ten apart.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddNakamaServer(
        this IDistributedApplicationBuilder builder, int node, AppHostPorts ports, bool isOpen, string[] arguments)
    {
        var server = builder.AddProject<Projects.Nakama_Server>(NameOf(node)).AsBuilt()
            .WithArgs(arguments)
            .WithHttpEndpoint(port: ports[7350, node], name: "http", env: "NAKAMA_SOCKET__PORT", isProxied: false)
            .WithHttpEndpoint(port: ports[7349, node], name: "grpc", isProxied: false)
            .WithEndpoint(port: ports[7352, node], scheme: "udp", name: "udp", env: "NAKAMA_SOCKET__RUDP_PORT", isProxied: false, protocol: ProtocolType.Udp)
            .WithHttpEndpoint(port: ports[7357, node], name: "console", env: "NAKAMA_CONSOLE__PORT", isProxied: false)
            .WithHttpEndpoint(port: ports[7354, node], name: "console-grpc", isProxied: false)
            .WithHttpEndpoint(port: ports[7353, node], name: "metrics", env: "NAKAMA_METRICS__PROMETHEUS_PORT", isProxied: false)
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
        if (ports.NodeCount > 1) server.InCluster(node, ports);
        return server;
    }

    /// <summary>Every port that must be free before the start, with its purpose.</summary>
    public static IEnumerable<(int Port, ProtocolType Protocol, string Use)> NeededPorts(
        AppHostPorts ports, NakamaDatabase database, IConfiguration configuration) =>
    [
        .. Enumerable.Range(0, ports.NodeCount).SelectMany(node => PortsOf(node, ports)),
        (ports[7351], ProtocolType.Tcp, "the console"),
        .. database.LocalPort is { } port ? new[] { (port, ProtocolType.Tcp, "PostgreSQL") } : [],
        .. DashboardSettings.Ports(configuration).Select(dashboard => (dashboard, ProtocolType.Tcp, "the dashboard")),
    ];

    /// <summary>The name of a node's resource.</summary>
    /// <param name="node">0 for the first node.</param>
    public static string NameOf(int node) => node == 0 ? "server" : string.Create(CultureInfo.InvariantCulture, $"server-{node + 1}");

    private static IEnumerable<(int Port, ProtocolType Protocol, string Use)> PortsOf(int node, AppHostPorts ports)
    {
        var of = node == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" of node {node + 1}");
        yield return (ports[7350, node], ProtocolType.Tcp, "the API" + of);
        yield return (ports[7349, node], ProtocolType.Tcp, "gRPC" + of);
        yield return (ports[7352, node], ProtocolType.Udp, "reliable UDP" + of);
        yield return (ports[7357, node], ProtocolType.Tcp, "the console API" + of);
        yield return (ports[7354, node], ProtocolType.Tcp, "the console API as gRPC" + of);
        yield return (ports[7353, node], ProtocolType.Tcp, "metrics" + of);
        if (ports.NodeCount > 1) yield return (ports[7355, node], ProtocolType.Tcp, "other nodes" + of);
    }

    /// <summary>The nodes find each other in the database; each has a name and a folder for its files.</summary>
    private static void InCluster(this IResourceBuilder<ProjectResource> server, int node, AppHostPorts ports)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"node{node + 1}");
        server
            .WithEndpoint(port: ports[7355, node], scheme: "tcp", name: "cluster", env: "NAKAMA_CLUSTER__PORT", isProxied: false)
            .WithUrlForEndpoint("cluster", url => Minor(url, "Connections of other nodes"))
            .WithEnvironment("NAKAMA_CLUSTER__ENABLED", "true")
            .WithEnvironment("NAKAMA_CLUSTER__HOST", "127.0.0.1")
            .WithEnvironment("NAKAMA_NAME", name);
        if (node > 0)
            server.WithEnvironment("NAKAMA_DATA_DIR", Path.Combine(Path.GetDirectoryName(new Projects.Nakama_Server().ProjectPath)!, "data", name));
    }

    /// <summary>Reports on the terminal what happens, and the addresses of all programs.</summary>
    public static void AddStartReport(this IDistributedApplicationBuilder builder, AppHostPorts ports, NakamaDatabase database)
    {
        var isDebugged = !string.IsNullOrEmpty(builder.Configuration["DEBUG_SESSION_PORT"]);
        builder.Services.AddSingleton(Console.Out);
        builder.Services.AddSingleton(new StartReportOptions(
            ["migrate", .. Enumerable.Range(0, ports.NodeCount).Select(NameOf), "console"], Addresses, isDebugged));
        builder.Services.AddHostedService<StartReport>();
        builder.Services.AddHostedService<OrderlyStop>();
        if (ports.NodeCount > 1) builder.Services.AddHostedService<LostNodes>();
        builder.Eventing.Subscribe<BeforeStartEvent>((started, _) =>
        {
            RemoveCertificates(started.Model);
            return Task.CompletedTask;
        });

        string Addresses() => $"""

              API        {string.Join($"{Environment.NewLine}             ", Enumerable.Range(0, ports.NodeCount).Select(Address))}
              Console    http://localhost:{ports[7351]}   admin / password, unless you have set others
              Dashboard  logs, traces and metrics of everything; sample clients; emptying the database
              Data       {database.Place}

              Login to the dashboard at {DashboardSettings.LoginUrl(builder.Configuration)}

              Ctrl+C stops everything.

            """;

        string Address(int node) =>
            string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ports[7350, node]}   gRPC at {ports[7349, node]}, reliable UDP at {ports[7352, node]}");
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
