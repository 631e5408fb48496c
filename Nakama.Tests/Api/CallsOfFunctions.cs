using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Metrics;
using Nakama.Server.Rpc;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Api;

/// <summary>Calls of functions go the way of every other request.</summary>
public sealed class CallsOfFunctions
{
    [Fact]
    public async Task Over_http_a_call_is_a_span_that_names_its_function()
    {
        await using var server = await TestServer.StartAsync();
        var (player, id) = (await server.AuthenticateAsync(), Unique.Name("traced"));
        server.Services.GetRequiredService<RpcRegistry>().Register(id, static (_, payload, _) => new(payload));
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Nakama",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        using var answer = await CallAsync(server, player, id);

        Assert.Equal("""{"payload":"x"}""", await answer.Content.ReadAsStringAsync());
        var span = Assert.Single(spans, span => Equals(span.GetTagItem("nakama.rpc.id"), id));
        Assert.Equal("nakama.api.Nakama/RpcFunc", span.DisplayName);
        Assert.NotNull(span.GetTagItem("user.hash"));
    }

    [Fact]
    public async Task Over_http_a_call_that_runs_out_of_time_says_so_and_is_counted()
    {
        // The time of a call ends half a second before the connection would be idle for too long.
        await using var server = await TestServer.StartAsync(options => options with { Socket = options.Socket with { IdleTimeoutMs = 1000 } });
        var (player, id) = (await server.AuthenticateAsync(), Unique.Name("endless"));
        server.Services.GetRequiredService<RpcRegistry>().Register(id, static async (_, _, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "";
        });

        using var answer = await CallAsync(server, player, id);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal("""{"code":4,"message":"context deadline exceeded"}""", await answer.Content.ReadAsStringAsync());
        Assert.Contains($"transport=\"api_rpc\",rpc_id=\"{id}\",rpc_code=\"DeadlineExceeded\"}} 1\n", server.Services.GetRequiredService<PrometheusText>().Write(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> CallAsync(TestServer server, TestPlayer player, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/rpc/{id}") { Content = new StringContent("\"x\"") };
        request.Headers.Authorization = player.Bearer;
        return await server.Http.SendAsync(request);
    }
}
