using Microsoft.Extensions.Configuration;

namespace Nakama.AppHost;

/// <summary>The dashboard's addresses. They come from the launch profile; a start without one uses the same addresses.</summary>
internal static class DashboardSettings
{
    private const string Urls = "ASPNETCORE_URLS";
    private const string Telemetry = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string ResourceService = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    private const string WaitsForCleanup = "DcpPublisher:WaitForResourceCleanup";
    private const string AllowsHttp = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";

    private static readonly (string Name, string Default)[] Addresses =
    [
        (Urls, "http://localhost:15350"), (Telemetry, "http://localhost:19350"), (ResourceService, "http://localhost:20350"),
    ];

    public static void Apply(IConfigurationManager configuration, AppHostPorts ports)
    {
        // The app host exits, and the terminal shows its prompt, after all programs have ended.
        var settings = new Dictionary<string, string?> { [WaitsForCleanup] = "true" };
        if (string.IsNullOrEmpty(configuration[Urls])) settings[AllowsHttp] = "true";
        foreach (var (name, address) in Addresses)
            settings[name] = ports.Moved(configuration[name] is { Length: > 0 } given ? given : address);
        configuration.AddInMemoryCollection(settings);
    }

    /// <summary>The URL that signs a browser in.</summary>
    public static string LoginUrl(IConfiguration configuration)
    {
        var address = configuration[Urls]!.Split(';')[0];
        return configuration["AppHost:BrowserToken"] is { Length: > 0 } token ? $"{address}/login?t={token}" : address;
    }

    /// <summary>The ports of the dashboard and of its two services.</summary>
    public static IEnumerable<int> Ports(IConfiguration configuration) =>
        Addresses.SelectMany(address => configuration[address.Name]!.Split(';')).Select(address => new Uri(address).Port);
}
