using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Logging;
using Nakama.Tests.Cluster;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleLive;

/// <summary>Three nodes, and an administrator at the console API of the first.</summary>
public sealed class LiveCluster : IAsyncLifetime
{
    internal TestCluster Cluster { get; private set; } = null!;

    internal ConsoleCaller Admin { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cluster = await TestCluster.StartAsync(
            static options => options with { Matchmaker = options.Matchmaker with { IntervalSec = 3600 } }, KeepLines);
        Admin = ConsoleCaller.Basic(Cluster.Nodes[0], "admin", "password");
    }

    public async Task DisposeAsync()
    {
        Admin.Dispose();
        await Cluster.DisposeAsync();
    }

    internal T Get<T>(int node)
        where T : notnull => Cluster.Nodes[node].Services.GetRequiredService<T>();

    internal async Task<(TestPlayer Player, TestSocket Socket)> OpenAsync(int node, string? name = null)
    {
        var player = await Cluster.Nodes[node].AuthenticateAsync(name is null ? null : Unique.Name(name));
        return (player, await Cluster.Nodes[node].OpenSocketAsync(player));
    }

    /// <summary>The host of tests removes all providers, that of the console too.</summary>
    internal static void KeepLines(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<ILoggerProvider>(static services => services.GetRequiredService<LogBuffer>());
}
