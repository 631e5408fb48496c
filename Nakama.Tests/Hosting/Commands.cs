using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Hosting;

public sealed class Commands
{
    [Fact]
    public async Task The_version_stands_alone()
    {
        var (code, output) = await ServerProcess.RunAsync("--version");

        Assert.Equal(0, code);
        Assert.Matches(@"^3\.40\.0\+\w+\s*$", output);
    }

    [Fact]
    public async Task A_flag_that_nobody_knows_is_answered_with_all_there_are()
    {
        var (code, output) = await ServerProcess.RunAsync("--bogus");

        Assert.Equal(2, code);
        Assert.StartsWith("flag provided but not defined: -bogus", output, StringComparison.Ordinal);
        Assert.Contains("-socket.server_key string", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_for_help_is_no_fault() => Assert.Equal(0, (await ServerProcess.RunAsync("--help")).ExitCode);

    [Fact]
    public async Task Every_complaint_is_printed_before_the_end()
    {
        var (code, output) = await ServerProcess.RunAsync("--name", "a-name-that-is-too-long", "--session.single_match", "--socket.server_key=");

        Assert.Equal(1, code);
        Assert.Equal(["name", "socket.server_key", "session.single_match"], Fatal(output).Select(line => line.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_made_migrated_and_taken_back()
    {
        var server = await Postgres.ServerAsync();
        var name = "m" + Guid.NewGuid().ToString("N");
        string[] where = ["--database.address", server.Address(name)];
        try
        {
            Assert.Equal(1, (await ServerProcess.RunAsync(where)).ExitCode);
            var plan = await ServerProcess.RunAsync(["migrate", "plan", .. where]);
            Assert.Equal(0, plan.ExitCode);
            Assert.Contains("\"msg\":\"Migrations to apply\",\"count\":19", plan.Output, StringComparison.Ordinal);
            Assert.Equal(0, (await ServerProcess.RunAsync(["migrate", "up", .. where])).ExitCode);
            Assert.Equal(0, (await ServerProcess.RunAsync(["migrate", "down", "--limit", "1", .. where])).ExitCode);
            var (code, output) = await ServerProcess.RunAsync(where);
            Assert.Equal(1, code);
            Assert.Equal("DB schema outdated, run `nakama migrate up`", Assert.Single(Fatal(output)).GetProperty("msg").GetString());
        }
        finally
        {
            await Postgres.DropDatabaseAsync(name);
        }
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("migrate", "sideways")]
    [InlineData("migrate", "--limit", "1", "up")]
    public async Task A_migration_that_is_none_is_refused(params string[] args)
    {
        var (code, output) = await ServerProcess.RunAsync(args);

        Assert.Equal(1, code);
        Assert.Contains("Unrecognized migrate subcommand. Available commands are: 'up', 'down', 'redo', 'status', 'plan'.", output, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Fatal(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(line => line.GetProperty("level").GetString() == "fatal");
}
