using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.House;

/// <summary>The app host with several nodes.</summary>
[Collection(nameof(Alone))]
public sealed class SeveralNodes
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Three_nodes_are_one_cluster_and_players_on_all_of_them_are_in_one_match()
    {
        using var patience = new CancellationTokenSource(Patience);
        var house = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Nakama_AppHost>(
            ["--Throwaway=true", "--Postgres=local", "--nodes", "3"], patience.Token);
        await using var app = await house.BuildAsync(patience.Token);
        await app.StartAsync(patience.Token);
        var sockets = new List<TestSocket>();
        foreach (var node in (string[])["server", "server-2", "server-3"])
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(node, patience.Token);
            var address = app.GetEndpoint(node, "http");
            using var http = new HttpClient { BaseAddress = address };
            var player = await TestPlayer.AuthenticateAsync(http, "defaultkey", null);
            sockets.Add(await TestSocket.OpenAsync(new UriBuilder(address) { Scheme = "ws", Path = "/ws", Query = $"token={player.Token}&format=json" }.Uri));
        }

        var id = (await sockets[0].AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString();
        foreach (var socket in sockets[1..]) await socket.AskAsync($$""" "match_join":{"match_id":"{{id}}"} """);
        await sockets[2].SendAsync($$$"""{"match_data_send":{"match_id":"{{{id}}}","op_code":"7"}}""");

        foreach (var socket in sockets[..2]) Assert.Equal("7", (await socket.ReceiveAsync("match_data")).GetProperty("op_code").GetString());
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    [Fact]
    public void Ports_of_nodes_are_ten_apart_and_the_number_of_nodes_is_bounded()
    {
        Assert.Throws<DistributedApplicationException>(() => AppHostArgumentsOf("--nodes", "0"));
        Assert.Throws<DistributedApplicationException>(() => AppHostArgumentsOf("--nodes=many"));
        var ports = AppHostArgumentsOf("--nodes=3");

        Assert.Equal(3, ports.NodeCount);
        Assert.Equal((7350, 7360, 7370), (ports[7350, 0], ports[7350, 1], ports[7350, 2]));
    }

    private static AppHost.AppHostPorts AppHostArgumentsOf(params string[] arguments) => new(
        new ConfigurationBuilder().AddCommandLine(AppHost.AppHostArguments.Parse(arguments).Own).Build());
}
