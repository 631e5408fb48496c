using System.Globalization;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Hosting;

/// <summary>A node whose game logic cannot be loaded does not start, and says in one line which file and why.</summary>
public sealed class ModulesThatDoNotLoad(Postgres postgres) : IClassFixture<Postgres>, IDisposable
{
    private readonly DirectoryInfo _modules = Directory.CreateTempSubdirectory("nakama-modules-");

    public void Dispose() => _modules.Delete(recursive: true);

    [Theory]
    [InlineData("local x = = 1", "near '='")]
    [InlineData("error('no such season')", "no such season")]
    [InlineData("local nk = require('nakama')\nnk.no_such_function()", "attempt to call a non-function object")]
    public async Task One_fatal_line_names_the_file_and_the_reason(string code, string reason)
    {
        await File.WriteAllTextAsync(Path.Combine(_modules.FullName, "fine.lua"), "local x = 1");
        await File.WriteAllTextAsync(Path.Combine(_modules.FullName, "broken_one.lua"), code);

        var (exitCode, output) = await ServerProcess.RunAsync(
            "--database.address", postgres.Address, "--runtime.path", _modules.FullName, "--socket.address", "127.0.0.1", "--console.address", "127.0.0.1",
            "--socket.port", FreePorts.WithNeighbour(1).ToString(CultureInfo.InvariantCulture),
            "--console.port", FreePorts.WithNeighbour(3).ToString(CultureInfo.InvariantCulture));

        Assert.Equal(1, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var fatal = Assert.Single(lines, line => Level(line) is not ("debug" or "info" or "warn"));
        Assert.Equal("fatal", Level(fatal));
        var message = JsonSerializer.Deserialize<JsonElement>(fatal).GetProperty("msg").GetString()!;
        Assert.Contains("broken_one", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    /// <summary>Lines that are none of ours count as the worst.</summary>
    private static string? Level(string line) =>
        line.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(line).GetProperty("level").GetString() : null;
}
