using System.Net.Http.Headers;
using System.Text;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ServiceDefaults;

/// <summary>What a node sends to a receiver of traces.</summary>
public sealed class ServerSpans
{
    [Fact]
    public async Task A_request_is_named_by_its_route_and_reaches_down_to_its_statements_while_probes_leave_nothing()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var postgres = await Postgres.ServerAsync();
        var database = await Postgres.CreateDatabaseAsync();
        await using var server = await ServerProcess.StartAsync(
            postgres.Address(database),
            new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            },
            []);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        (await http.GetAsync(new Uri("/healthcheck", UriKind.Relative))).EnsureSuccessStatusCode();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/account/authenticate/device");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("defaultkey:"u8));
        request.Content = new StringContent($$"""{"id":"{{Unique.Id()}}"}""", Encoding.UTF8, "application/json");
        (await http.SendAsync(request)).EnsureSuccessStatusCode();

        var spans = await receiver.UntilAsync(all => Root(all) is { } root && all.Count(span => span.Trace == root.Trace) >= 3);

        var trace = spans.Where(span => span.Trace == Root(spans)!.Trace).ToList();
        Assert.Contains(trace, span => span.Name == "nakama.api.Nakama/AuthenticateDevice" && span.Parent == Root(spans)!.Id);
        Assert.Contains(trace, span => span.Name == "SELECT user_device");
        Assert.DoesNotContain(spans, span => span.Name.Contains("ealthcheck", StringComparison.Ordinal));
    }

    private static ReceivedSpan? Root(IEnumerable<ReceivedSpan> spans) =>
        spans.FirstOrDefault(span => span.Name == "POST /v2/account/authenticate/device");
}
