using Nakama.Tests.TestHost;

namespace Nakama.Tests.Metrics;

/// <summary>What Prometheus finds at the metrics port.</summary>
public sealed class ScrapeTests
{
    [Fact]
    public async Task The_first_scrape_after_the_start_finds_every_gauge_of_the_pool()
    {
        var port = FreePorts.One();
        await using var server = await TestServer.StartAsync(options => options with { Metrics = options.Metrics with { PrometheusPort = port } });

        var text = await ScrapeAsync(port, "/metrics");

        string[] names =
        [
            "max_open_conns", "total_open_conns", "in_use_conns", "idle_conns", "total_wait_count", "total_wait_time_nanos",
            "total_max_idle_closed", "total_max_idle_time_closed", "total_max_lifetime_closed",
        ];
        Assert.All(names, name => Assert.Contains($"\nnakama_db_{name}{{node_name=\"nakama\"}} ", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_meters_of_the_runtime_the_web_server_and_the_driver_have_a_path_of_their_own()
    {
        var port = FreePorts.One();
        await using var server = await TestServer.StartAsync(options => options with { Metrics = options.Metrics with { PrometheusPort = port } });
        await server.AuthenticateAsync();

        var text = await ScrapeAsync(port, "/metrics/runtime");

        Assert.Contains("\ndotnet_gc_collections_total", text, StringComparison.Ordinal);
        Assert.Contains("\nkestrel_active_connections", text, StringComparison.Ordinal);
        Assert.Contains("\ndb_client_connection_count", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nakama_overall", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet_gc", await ScrapeAsync(port, "/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_waits_for_a_connection_is_counted_and_timed()
    {
        var port = FreePorts.One();
        await using var server = await TestServer.StartAsync(options => options with
        {
            Metrics = options.Metrics with { PrometheusPort = port },
            Database = options.Database with { MaxOpenConns = 1 },
        });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.AuthenticateAsync()));

        var text = await ScrapeAsync(port, "/metrics");
        Assert.True(Value(text, "nakama_db_total_wait_count") > 0);
        Assert.True(Value(text, "nakama_db_total_wait_time_nanos") > 0);
        Assert.Equal(1, Value(text, "nakama_db_total_open_conns"));
    }

    private static double Value(string text, string name)
    {
        var line = text.Split('\n').Single(line => line.StartsWith(name + "{", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> ScrapeAsync(int port, string path)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}{path}"));
    }
}
