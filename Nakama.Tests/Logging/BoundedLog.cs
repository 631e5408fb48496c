using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Logging;
using Nakama.Server.Metrics;
using Nakama.Server.Rpc;
using Nakama.Tests.Runtime;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Logging;

/// <summary>What clients can make a node write into its log, and how much of it.</summary>
public sealed partial class BoundedLog(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public void Of_each_kind_a_minute_has_so_many_lines_and_the_next_one_tells_how_many_it_lacked()
    {
        var (log, time) = (new CapturedLog(), new TestTimeProvider());
        var rates = new LogRates(time);
        using var loggers = new BoundedLoggerFactory(new LoggerFactory([log]), rates);
        var logger = loggers.CreateLogger("x");

        for (var i = 0; i < LogRates.MaxLines + 40; i++) Often(logger, i);
        Seldom(logger);
        Assert.Equal(LogRates.MaxLines + 1, log.Lines.Count);
        Assert.Equal(40, rates.Dropped);

        time.Advance(LogRates.Period);
        Often(logger, 1000);

        Assert.Equal(["Lines of one kind were left out of the log 40 Often", "Often 1000"], log.Lines.TakeLast(2).Select(line => line.Text));
    }

    [Fact]
    public void A_value_that_the_database_refuses_is_one_line_of_information_without_a_stack()
    {
        var log = new CapturedLog();
        using var loggers = new BoundedLoggerFactory(new LoggerFactory([log]), new LogRates(TimeProvider.System));
        var logger = loggers.CreateLogger("x");

        foreach (var state in (string[])["22021", "22P02", "23503", "23505", "42601", "XX000"])
        {
            try
            {
                throw new PostgresException("a value is bad\nand its detail", "ERROR", "ERROR", state);
            }
            catch (PostgresException e)
            {
                Failed(logger, e);
            }
        }

        Assert.Equal(4, log.Lines.Count(line => line is { Level: LogLevel.Information, Error: ClientInputException { StackTrace: null } }));
        Assert.Equal("22021: a value is bad", log.Lines.First().Error!.Message);
        Assert.Equal(2, log.Lines.Count(line => line is { Level: LogLevel.Error, Error: PostgresException { StackTrace: not null } }));
    }

    [Fact]
    public async Task One_client_that_sends_bad_values_adds_a_bounded_number_of_lines_and_no_error()
    {
        await using var server = await TestServer.StartAsync();
        var player = await server.AuthenticateAsync();
        for (var i = 0; i < LogRates.MaxLines * 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/v2/storage");
            request.Headers.Authorization = player.Bearer;
            request.Content = JsonContent.Create(new { objects = new[] { new { collection = "bad", key = "k", value = "{\"a\":\"\\ud800\"}" } } });
            using var response = await server.Http.SendAsync(request);
            Assert.False(response.IsSuccessStatusCode);
        }

        var lines = server.Log.Lines.Where(line => line.Error is ClientInputException).ToList();
        // A slow run may reach into further minutes.
        Assert.InRange(lines.Count, LogRates.MaxLines, LogRates.MaxLines * 2);
        Assert.All(lines, line => Assert.Equal((LogLevel.Information, null), (line.Level, line.Error!.StackTrace)));
        Assert.DoesNotContain(server.Log.Lines, line => line.Level >= LogLevel.Error);
        var gauge = (Func<double>)server.Services.GetRequiredService<MetricRegistry>().Families
            .Single(family => family.Name == "nakama_log_lines_dropped").Series[""];
        Assert.Equal(server.Services.GetRequiredService<LogRates>().Dropped, gauge());
    }

    [Fact]
    public async Task A_payload_that_is_no_json_is_the_clients_mistake_and_any_other_failure_the_functions()
    {
        var function = Unique.Name("read");
        Server.Services.GetRequiredService<RpcRegistry>().Register(function, (_, payload, _) =>
        {
            using var json = JsonDocument.Parse(payload);
            return new ValueTask<string?>(json.RootElement.GetProperty("name").GetString());
        });

        await CallAsync(function, "{\"name\":");
        await CallAsync(function, "{}");

        var lines = Server.Log.Lines.Where(line => line.Text.Contains(function, StringComparison.Ordinal)).ToList();
        Assert.Equal([LogLevel.Information, LogLevel.Error], lines.Select(line => line.Level));
        Assert.Null(lines[0].Error);
        Assert.NotNull(lines[1].Error!.StackTrace);
    }

    [Fact]
    public async Task A_lua_function_that_reads_a_payload_that_is_no_json_is_one_line_without_a_trace()
    {
        await using var node = await ModuleServer.StartAsync("""
            local nk = require("nakama")
            nk.register_rpc(function(ctx, payload) return nk.json_decode(payload).name end, "read")
            nk.register_rpc(function() error("broken") end, "fail")
            """);

        await node.CallAsync("read", "{\"name\":");
        await node.CallAsync("fail");

        Assert.Contains("is no JSON read", Assert.Single(node.Server.Log.Lines, line => line.Text.Contains("not a valid JSON", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.Contains("broken", Assert.Single(node.Server.Log.Lines, line => line.Level >= LogLevel.Error).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_cut()
    {
        using var stdout = new MemoryStream();
        using var provider = new JsonLoggerProvider(new Nakama.Server.Logging.LoggerOptions(), new TestTimeProvider(), stdout);

        Named(provider.CreateLogger("x"), new string('x', 1 << 20));

        Assert.InRange(stdout.Length, 16 * 1024, 64 * 1024);
    }

    private async Task CallAsync(string function, string payload)
    {
        using var content = new StringContent(payload);
        using var response = await Server.Http.PostAsync(
            new Uri($"/v2/rpc/{function}?http_key={Server.Options.Runtime.HttpKey}&unwrap", UriKind.Relative), content);
        Assert.False(response.IsSuccessStatusCode);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Often {number}")]
    private static partial void Often(Microsoft.Extensions.Logging.ILogger log, int number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Seldom")]
    private static partial void Seldom(Microsoft.Extensions.Logging.ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "A statement failed")]
    private static partial void Failed(Microsoft.Extensions.Logging.ILogger log, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Named {name}")]
    private static partial void Named(Microsoft.Extensions.Logging.ILogger log, string name);
}
