using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nakama.ServiceDefaults;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ServiceDefaults;

public sealed class Telemetry(Postgres postgres) : IClassFixture<Postgres>
{
    [Fact]
    public async Task A_request_is_one_trace_from_the_socket_to_the_statement()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await StartAsync(receiver.Endpoint);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal("1", await client.GetStringAsync(new Uri("/ask", UriKind.Relative)));
        await app.StopAsync();

        // Other tests of this process are traced too, so the request is found from its statement upwards.
        await receiver.UntilAsync(static spans => spans.Any(statement => statement.Name == "SELECT"
            && spans.Any(request => request.Id == statement.Parent && request.Trace == statement.Trace && request.Name == "GET")));
        Assert.Contains("/v1/metrics", receiver.Paths.Keys);
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

    [Fact]
    public async Task Outside_development_there_is_nothing_to_see()
    {
        await using var app = await StartAsync(null, environment: Environments.Production);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal("1", await client.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task A_receiver_that_is_gone_does_not_hold_the_stop()
    {
        await using var app = await StartAsync("http://127.0.0.1:1");
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        await client.GetStringAsync(new Uri("/ask", UriKind.Relative));

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task<WebApplication> StartAsync(string? receiver, string? database = null, string? environment = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment ?? Environments.Development });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["ConnectionStrings:nakamadb"] = database ?? postgres.Database.ConnectionString,
        });
        builder.AddServiceDefaults().AddNakamaDatabase("nakamadb");
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
}
