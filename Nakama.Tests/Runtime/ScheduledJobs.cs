using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Errors;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Runtime;

/// <summary>Jobs of modules: once in the cluster, whatever happens to its nodes.</summary>
public sealed class ScheduledJobs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Functions = """
        local nk = require("nakama")
        nk.register_rpc(function() return nk.json_encode(nk.jobs_list()) end, "jobs")
        nk.register_rpc(function(ctx, name) nk.job_run(name) end, "run")
        nk.register_rpc(function(ctx, name) return nk.json_encode(nk.job_get(name)) end, "job")

        """;

    private const string Counting = Functions + """
        nk.register_job(function(ctx, job)
          local seen = nk.storage_read({ { collection = "jobs", key = job.name } })[1]
          local runs = seen and seen.value.runs or {}
          runs[#runs + 1] = { ctx.execution_mode, job.due_time, job.is_requested, job.attempt }
          nk.storage_write({ { collection = "jobs", key = job.name, value = { runs = runs } } })
        end, "count", "0 * * * *")
        nk.register_rpc(function()
          local seen = nk.storage_read({ { collection = "jobs", key = "count" } })[1]
          return nk.json_encode(seen and seen.value.runs or {})
        end, "runs")
        """;

    [Fact]
    public async Task A_job_runs_at_each_instant_of_its_schedule()
    {
        var clock = new TestTimeProvider();
        await using var server = await StartAsync(Counting, clock);
        await WaitAsync(server, "count", job => job.TryGetProperty("next_time", out _));
        var first = NextHour(clock);

        clock.Advance(TimeSpan.FromHours(1));
        await WaitAsync(server, "count", static job => RunCount(job) == 1, clock);
        clock.Advance(TimeSpan.FromHours(1));
        var job = await WaitAsync(server, "count", static job => RunCount(job) == 2, clock);

        Assert.Equal($"[[\"job\",{first},false,1],[\"job\",{first + 3600},false,1]]", (await server.CallAsync("runs")).Body);
        Assert.Equal(first + 7200, job.GetProperty("next_time").GetInt64());
        var last = job.GetProperty("last_run");
        Assert.Equal((first + 3600, "succeeded", server.Server.Options.Name), (last.GetProperty("due_time").GetInt64(), last.GetProperty("outcome").GetString(), last.GetProperty("node").GetString()));
    }

    [Fact]
    public async Task A_job_runs_when_it_is_asked_for()
    {
        await using var server = await StartAsync(Counting);

        Assert.Equal((200, ""), await server.CallAsync("run", "count"));

        var job = await WaitAsync(server, "count", static job => RunCount(job) == 1);
        Assert.Matches("""^\[\["job",\d+,true,1\]\]$""", (await server.CallAsync("runs")).Body);
        Assert.False(job.GetProperty("is_requested").GetBoolean());
        Assert.Equal("failed to run job: job not found", ModuleServer.MessageOf((await server.CallAsync("run", "other")).Body));
        Assert.Equal("null", (await server.CallAsync("job", "other")).Body);
    }

    [Fact]
    public async Task A_job_that_fails_is_recorded_and_disturbs_no_other()
    {
        await using var server = await StartAsync(Functions + """
            nk.register_job(function() error({ "out of luck", 9 }) end, "fails", "@yearly")
            nk.register_job(function() end, "works", "@yearly")
            """);

        await server.CallAsync("run", "fails");
        await server.CallAsync("run", "works");
        await server.CallAsync("run", "fails");

        var failed = await WaitAsync(server, "fails", static job => RunCount(job) >= 1);
        Assert.Equal(("failed", "out of luck"), (failed.GetProperty("last_run").GetProperty("outcome").GetString(), failed.GetProperty("last_run").GetProperty("error").GetString()));
        Assert.Equal(failed.GetProperty("run_count").GetInt64(), failed.GetProperty("failure_count").GetInt64());
        var worked = await WaitAsync(server, "works", static job => RunCount(job) == 1);
        Assert.Equal(0, worked.GetProperty("failure_count").GetInt64());
        Assert.Contains(server.Server.Log.Lines, static line => line.Text.Contains("Job fails failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_nodes_one_runs_a_job()
    {
        var clock = new TestTimeProvider();
        await using var first = await StartAsync(Counting, clock);
        await using var second = await StartAsync(Counting, clock, first.Server.Options.Database.Address[0]);
        await WaitAsync(first, "count", job => job.TryGetProperty("next_time", out _));
        var instant = NextHour(clock);

        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await WaitAsync(second, "count", job => RunCount(job) == i + 1, clock);
        }

        Assert.Equal(
            $"[[\"job\",{instant},false,1],[\"job\",{instant + 3600},false,1],[\"job\",{instant + 7200},false,1]]", (await first.CallAsync("runs")).Body);
    }

    [Fact]
    public async Task A_run_that_was_missed_is_made_up_for_once()
    {
        var clock = new TestTimeProvider();
        var database = await DatabaseAsync();
        long due;
        await using (var server = await StartAsync(Counting, clock, database))
        {
            await WaitAsync(server, "count", job => job.TryGetProperty("next_time", out _));
            due = NextHour(clock);
        }

        clock.Advance(TimeSpan.FromHours(5));
        await using var later = await StartAsync(Counting, clock, database);

        var job = await WaitAsync(later, "count", static job => RunCount(job) == 1, clock);
        Assert.Equal($"[[\"job\",{due},false,1]]", (await later.CallAsync("runs")).Body);
        Assert.Equal(due + (5 * 3600), job.GetProperty("next_time").GetInt64());
    }

    [Fact]
    public async Task A_job_whose_node_is_lost_runs_again_on_another_and_is_given_up_in_the_end()
    {
        await using var server = await StartAsync(Counting);
        await server.CallAsync("run", "count");
        await WaitAsync(server, "count", static job => RunCount(job) == 1);

        // What a node leaves behind that claimed a run and was killed: a claim that has run out.
        await ClaimForLostNodeAsync(server, attempt: 1);
        await server.CallAsync("run", "count");
        await WaitAsync(server, "count", static job => RunCount(job) >= 2);
        Assert.Contains("[\"job\",86400,false,2]", (await server.CallAsync("runs")).Body, StringComparison.Ordinal);

        await WaitAsync(server, "count", static job => !job.GetProperty("is_running").GetBoolean() && !job.GetProperty("is_requested").GetBoolean());
        var runs = (await server.CallAsync("runs")).Body;
        var count = RunCount(await JobAsync(server, "count"));
        await ClaimForLostNodeAsync(server, attempt: 3);
        await server.CallAsync("run", "count");
        var job = await WaitAsync(server, "count", job => RunCount(job) > count);
        Assert.True(job.GetProperty("failure_count").GetInt64() > 0);
        Assert.StartsWith(runs[..^1], (await server.CallAsync("runs")).Body, StringComparison.Ordinal);
        Assert.Contains(server.Server.Log.Lines, static line => line.Text.Contains("is given up until its next instant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_node_takes_over_the_job_of_one_that_is_killed()
    {
        const string Module = Functions + """
            nk.register_job(function(ctx, job)
              while job.attempt == 1 do end
            end, "work", "@yearly")
            """;
        var database = await DatabaseAsync();
        var folder = ModuleServer.WriteModules(("game.lua", Module));
        await using var killed = await ServerProcess.StartAsync(
            database, "--runtime.path", folder, "--runtime.job_lease_sec", "2", "--runtime.lua_min_count", "2", "--name", "killed");
        using (var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{killed.Port}") })
        {
            using var payload = new StringContent("work");
            using var asked = await http.PostAsync(new Uri("/v2/rpc/run?http_key=defaulthttpkey&unwrap", UriKind.Relative), payload);
            Assert.True(asked.IsSuccessStatusCode);
            await UntilAsync(async () => (await http.GetStringAsync(new Uri("/v2/rpc/jobs?http_key=defaulthttpkey&unwrap", UriKind.Relative)))
                .Contains("\"is_running\":true", StringComparison.Ordinal));
        }

        await using var other = await ModuleServer.StartAsync(Module, options => options with { JobLeaseSec = 2 }, address: database);
        using (var process = Process.GetProcessById(killed.Id)) process.Kill();
        await killed.WaitForExitAsync();

        var job = await WaitAsync(other, "work", static job => RunCount(job) == 1);
        Assert.Equal(("succeeded", other.Server.Options.Name), (job.GetProperty("last_run").GetProperty("outcome").GetString(), job.GetProperty("last_run").GetProperty("node").GetString()));
        Assert.Contains(other.Server.Log.Lines, static line => line.Text.Contains("Job work runs again, attempt 2", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_stopped()
    {
        await using var server = await StartAsync(
            Functions + """nk.register_job(function() while true do end end, "endless", "@yearly")""", jobTimeoutSec: 1);

        await server.CallAsync("run", "endless");

        var job = await WaitAsync(server, "endless", static job => RunCount(job) == 1);
        Assert.Equal("it took longer than 1 s", job.GetProperty("last_run").GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_run_that_the_end_of_its_node_stops_is_run_anew()
    {
        var database = await DatabaseAsync();
        await using (var server = await StartAsync(Functions + """nk.register_job(function() while true do end end, "work", "@yearly")""", address: database))
        {
            await server.CallAsync("run", "work");
            await WaitAsync(server, "work", static job => job.GetProperty("is_running").GetBoolean());
        }

        await using var later = await StartAsync(Functions + """nk.register_job(function() end, "work", "@yearly")""", address: database);

        var job = await WaitAsync(later, "work", static job => RunCount(job) == 1);
        Assert.Equal("succeeded", job.GetProperty("last_run").GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("nk.register_job(function() end, 'a', 'never')", "expects a valid cron string")]
    [InlineData("nk.register_job(function() end, 'a\\n', '@daily')", "expects job name of 1-128 characters without control characters")]
    public async Task A_job_that_cannot_be_keeps_the_node_from_starting(string call, string reason)
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => ModuleServer.StartAsync("local nk = require(\"nakama\") " + call));

        Assert.EndsWith("game.lua:1: " + reason, error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> DatabaseAsync() => (await Postgres.ServerAsync()).Address(await Postgres.CreateDatabaseAsync());

    private static Task<ModuleServer> StartAsync(string source, TestTimeProvider? clock = null, string? address = null, int jobTimeoutSec = 60) => ModuleServer.StartAsync(
        source,
        options => options with { JobTimeoutSec = jobTimeoutSec },
        builder =>
        {
            if (clock is not null) builder.Services.AddSingleton<TimeProvider>(clock);
        },
        address);

    private static long NextHour(TestTimeProvider clock) => ((clock.GetUtcNow().ToUnixTimeSeconds() / 3600) + 1) * 3600;

    private static long RunCount(JsonElement job) => job.GetProperty("run_count").GetInt64();

    private static async Task<JsonElement> JobAsync(ModuleServer server, string name) =>
        JsonDocument.Parse((await server.CallAsync("job", name)).Body).RootElement;

    /// <summary>The job, once it is as expected; a clock of the test goes on meanwhile, so that no timer waits for ever.</summary>
    private static async Task<JsonElement> WaitAsync(ModuleServer server, string name, Func<JsonElement, bool> isDone, TestTimeProvider? clock = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var (status, body) = await server.CallAsync("job", name, patience.Token);
            Assert.True(status == 200, body);
            var job = JsonDocument.Parse(body).RootElement;
            if (isDone(job)) return job;
            clock?.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isDone)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isDone()) await Task.Delay(50, patience.Token);
    }

    private static async Task ClaimForLostNodeAsync(ModuleServer server, int attempt)
    {
        await using var command = server.Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            UPDATE nakama_net.job SET run_number = run_number + 1, run_attempt = {attempt}, run_node = 'gone', run_until = now() - interval '1 second',
                run_due_at = to_timestamp(86400), run_is_requested = false
            WHERE name = 'count'
            """));
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
