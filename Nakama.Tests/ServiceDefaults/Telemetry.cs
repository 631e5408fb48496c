using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nakama.ServiceDefaults;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Nakama.Tests.ServiceDefaults;

public sealed class Telemetry(Postgres postgres) : IClassFixture<Postgres>
{
    [Fact]
    public async Task A_request_is_one_trace_from_the_socket_to_the_statement()
    {
        // Other tests of this process are traced too, and the exporter's queue drops what is too much for it, so the spans of
        // this trace are taken before the queue.
        var spans = new SpansOfTrace();
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await StartAsync(receiver.Endpoint, configure: services => services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(spans)));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var asking = new Activity("ask").SetParentId(spans.Trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();

        Assert.Equal("1", await client.GetStringAsync(new Uri("/ask", UriKind.Relative)));

        await SocketNode.UntilAsync(() => spans.All.Any(statement => statement.DisplayName == "SELECT"
            && spans.All.Any(request => request.SpanId == statement.ParentSpanId && request.DisplayName == "GET")));
    }

    [Fact]
    public async Task What_is_measured_and_traced_is_sent_to_the_receiver()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await StartAsync(receiver.Endpoint);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        await client.GetStringAsync(new Uri("/ask", UriKind.Relative));

        await receiver.UntilAsync(static spans => spans.Count > 0);
        await SocketNode.UntilAsync(() => receiver.Paths.ContainsKey("/v1/metrics"));
    }

    [Theory]
    [InlineData("/health", "Healthy", true)]
    [InlineData("/alive", "Healthy", true)]
    [InlineData("/health", "Unhealthy", false)]
    [InlineData("/alive", "Healthy", false)]
    public async Task Health_asks_the_database_and_life_only_the_process(string path, string expected, bool hasDatabase)
    {
        await using var app = await StartAsync(null, hasDatabase ? null : "Host=127.0.0.1;Port=1;Timeout=1");
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.Equal(expected == "Healthy" ? 200 : 503, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("/health", true, "Healthy")]
    [InlineData("/health", false, "Unhealthy")]
    [InlineData("/alive", false, "Healthy")]
    public async Task Outside_development_health_asks_only_whether_the_process_is_to_get_requests(string path, bool isReady, string expected)
    {
        await using var app = await StartAsync(
            null, "Host=127.0.0.1;Port=1;Timeout=1", Environments.Production,
            configure: services => services.AddHealthChecks().AddCheck(
                "ready", () => isReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(), [global::Nakama.ServiceDefaults.ServiceDefaults.ReadyTag]));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_receiver_that_is_gone_does_not_hold_the_stop()
    {
        await using var app = await StartAsync("http://127.0.0.1:1");
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        await client.GetStringAsync(new Uri("/ask", UriKind.Relative));

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task<WebApplication> StartAsync(
        string? receiver, string? database = null, string? environment = null, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment ?? Environments.Development });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            ["ConnectionStrings:nakamadb"] = database ?? postgres.Database.ConnectionString,
        });
        builder.AddServiceDefaults().AddNakamaDatabase("nakamadb");
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.Run(async context =>
        {
            await using var command = context.RequestServices.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT 1");
            await context.Response.WriteAsync($"{await command.ExecuteScalarAsync(context.RequestAborted)}");
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>The spans of one trace, taken as they end.</summary>
    private sealed class SpansOfTrace : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<Activity> _spans = [];

        public ActivityTraceId Trace { get; } = ActivityTraceId.CreateRandom();

        public IEnumerable<Activity> All => _spans;

        public override void OnEnd(Activity data)
        {
            if (data.TraceId == Trace) _spans.Enqueue(data);
        }
    }
}
