using System.Globalization;
using System.Text.RegularExpressions;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Metrics;

/// <summary>The dashboard and the alerts in eng/monitoring.</summary>
public sealed partial class MonitoringFiles
{
    private const string Folder = "eng/monitoring";

    [Fact]
    public async Task Their_expressions_can_be_parsed()
    {
        var folder = Path.Combine(SourceTree.Root, Folder);

        var output = await NodeScripts.RunAsync("promql.mjs", Path.Combine(folder, "grafana-dashboard.json"), Path.Combine(folder, "alerts.yml"));

        var count = Assert.Single(Count().Matches(output)).Groups[1].Value;
        Assert.True(int.Parse(count, CultureInfo.InvariantCulture) > 40, output);
    }

    [Theory]
    [InlineData(Folder + "/grafana-dashboard.json")]
    [InlineData(Folder + "/alerts.yml")]
    public void Their_metrics_are_those_of_the_server(string file)
    {
        var made = SourceTree.Files("Nakama.Server", "*.cs").SelectMany(source => Made().Matches(source.Text).Select(match => match.Groups[1].Value)).ToHashSet();
        made.UnionWith(["overall_message_errors", "overall_request_errors"]);

        var used = Used().Matches(SourceTree.Read(file)).Select(match => match.Groups[1].Value).Distinct().ToArray();

        Assert.True(used.Length > 10);
        Assert.Empty(used.Except(made));
    }

    [GeneratedRegex(@"^(\d+) expressions\s*$")]
    private static partial Regex Count();

    [GeneratedRegex("""(?:Counter|Gauge|Summary)\("([a-zA-Z_]+)""")]
    private static partial Regex Made();

    [GeneratedRegex(@"\bnakama_([a-z_]+)(?=[{\[)]|\s[/>])")]
    private static partial Regex Used();
}
