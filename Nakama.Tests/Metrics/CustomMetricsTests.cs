using Nakama.Server.Metrics;

namespace Nakama.Tests.Metrics;

public sealed class CustomMetricsTests
{
    [Theory]
    [InlineData("custom", "nakama_custom_kills{")]
    [InlineData("my.game", "nakama_my_game_kills{")]
    [InlineData("", "nakama_kills{")]
    public void The_setting_says_what_the_names_begin_with(string prefix, string expected) =>
        Assert.Contains(
            "\n" + expected,
            Record(new MetricsOptions { CustomPrefix = prefix }, metrics => metrics.TryAdd("kills", [], 2)),
            StringComparison.Ordinal);

    [Fact]
    public void A_negative_amount_is_dropped_and_counted_as_an_error()
    {
        var text = Record(new MetricsOptions(), metrics =>
        {
            metrics.TryAdd("kills", [], 5);
            metrics.TryAdd("kills", [], -3);
        });

        Assert.Contains("nakama_custom_kills{node_name=\"nakama\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("nakama_metrics_collection_errors_count{node_name=\"nakama\",name=\"custom_kills\",err=\"negative_increment\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_of_tags_beyond_the_limit_are_dropped_and_those_known_go_on()
    {
        var text = Record(new MetricsOptions { CustomScopeLimit = 2 }, metrics =>
        {
            foreach (var map in (string[])["desert", "forest", "city", "desert"]) metrics.TryAdd("kills", [new("map", map)], 1);
            metrics.TryAdd("kills", [], 1);
        });

        Assert.Contains("map=\"desert\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("map=\"forest\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("city", text, StringComparison.Ordinal);
        Assert.Contains("nakama_custom_kills{node_name=\"nakama\"} 1\n", text, StringComparison.Ordinal);
    }

    private static string Record(MetricsOptions options, Action<CustomMetrics> record)
    {
        using var registry = new MetricRegistry(options);
        record(new CustomMetrics(registry, options));
        return new PrometheusText(registry, options, "nakama").Write();
    }
}
