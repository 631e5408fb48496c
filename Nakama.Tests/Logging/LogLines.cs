using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Nakama.Server.Logging;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Logging;

public sealed partial class LogLines : IDisposable
{
    private static readonly TimeSpan Took = TimeSpan.FromTicks(1054690);

    private readonly MemoryStream _stdout = new();

    public void Dispose() => _stdout.Dispose();

    [Fact]
    public void A_line_has_level_time_message_and_the_entrys_own_fields()
    {
        using var provider = new JsonLoggerProvider(new LoggerOptions(), new TestTimeProvider(), _stdout);

        var log = provider.CreateLogger("x");
        Opened(log, 7350, Took, null);

        Assert.Matches(
            """^\{"level":"info","ts":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","msg":"Listener opened","port":7350,"took":"105\.469ms","user_id":null\}\n$""",
            Encoding.UTF8.GetString(_stdout.ToArray()));
    }

    [Fact]
    public void Values_in_the_middle_of_a_sentence_stay_in_it()
    {
        var line = Write(log => Middle(log, 3));

        Assert.Equal("Listener 3 closed", line.GetProperty("msg").GetString());
        Assert.Equal(3, line.GetProperty("port").GetInt32());
    }

    [Fact]
    public void A_failure_is_a_field_and_says_where_it_happened()
    {
        var line = Write(log => Failed(log, new InvalidOperationException("no \"way\"\n")));

        Assert.Equal(("error", "no \"way\"\n"), (line.GetProperty("level").GetString(), line.GetProperty("error").GetString()));
        Assert.Contains(nameof(InvalidOperationException), line.GetProperty("stacktrace").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_within_a_trace_names_it()
    {
        using var activity = new Activity("test").Start();

        var line = Write(log => Middle(log, 3));

        Assert.Equal(activity.TraceId.ToHexString(), line.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), line.GetProperty("span_id").GetString());
    }

    [Fact]
    public void The_other_format_has_its_own_names()
    {
        var line = Write(log => Middle(log, 3), new LoggerOptions { Format = "StackDriver" });

        Assert.Equal(("WARNING", "Listener 3 closed"), (line.GetProperty("severity").GetString(), line.GetProperty("message").GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$", line.GetProperty("time").GetString());
    }

    [Fact]
    public void With_a_file_alone_stdout_shows_only_start_and_end()
    {
        var folder = Directory.CreateTempSubdirectory("nakama-log-").FullName;
        var file = Path.Combine(folder, "nakama.log");
        using (var provider = new JsonLoggerProvider(new LoggerOptions { File = file, Stdout = false }, new TestTimeProvider(), _stdout))
        {
            Middle(provider.CreateLogger("x"), 1);
            Middle(provider.CreateLogger(JsonLoggerProvider.StartupCategory), 2);
        }

        Assert.Equal(2, File.ReadAllLines(file).Length);
        Assert.Contains("Listener 2", Encoding.UTF8.GetString(_stdout.ToArray()), StringComparison.Ordinal);
        Assert.DoesNotContain("Listener 1", Encoding.UTF8.GetString(_stdout.ToArray()), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_full_file_is_set_aside_compressed_and_in_the_end_thrown_away()
    {
        var folder = Directory.CreateTempSubdirectory("nakama-log-").FullName;
        var options = new LoggerOptions { File = Path.Combine(folder, "deep", "nakama.log"), Rotation = true, MaxSize = 1, MaxBackups = 2, Compress = true };
        var time = new TestTimeProvider();
        var line = new byte[600 * 1024];
        using (var log = new LogFile(options, time))
        {
            for (var i = 0; i < 5; i++)
            {
                log.Write(line);
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var names = Directory.GetFiles(Path.Combine(folder, "deep")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(3, names.Length);
        Assert.All(names[..2], name => Assert.Matches(@"^nakama-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}\.log\.gz$", name));
        Assert.Equal("nakama.log", names[2]);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "100ns")]
    [InlineData(1054, "105.4µs")]
    [InlineData(15_000_000, "1.5s")]
    [InlineData(36_615_000_000, "1h1m1.5s")]
    public void Durations_read_as_those_of_the_reference(long ticks, string expected) =>
        Assert.Equal(expected, LogDuration.Format(TimeSpan.FromTicks(ticks)));

    private JsonElement Write(Action<Microsoft.Extensions.Logging.ILogger> write, LoggerOptions? options = null)
    {
        using var provider = new JsonLoggerProvider(options ?? new LoggerOptions(), new TestTimeProvider(), _stdout);
        write(provider.CreateLogger("x"));
        using var json = JsonDocument.Parse(_stdout.ToArray());
        return json.RootElement.Clone();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listener opened {port} {took} {UserId}")]
    private static partial void Opened(Microsoft.Extensions.Logging.ILogger log, int port, TimeSpan took, string? userId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listener {Port} closed")]
    private static partial void Middle(Microsoft.Extensions.Logging.ILogger log, int port);

    [LoggerMessage(Level = LogLevel.Error, Message = "Listener is stuck")]
    private static partial void Failed(Microsoft.Extensions.Logging.ILogger log, Exception error);
}
