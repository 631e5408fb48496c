namespace Nakama.Tests.House;

/// <summary>The packages of this clone, and a game that <c>dotnet new</c> makes from them.</summary>
public sealed class GamesFromTheTemplate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-game-");
    private readonly string _version = $"3.40.0-test.{Guid.NewGuid():N}";

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var package in Directory.GetDirectories(packages, "nakama.*"))
        {
            if (Path.Combine(package, _version) is var folder && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            if (!Directory.EnumerateFileSystemEntries(package).Any()) Directory.Delete(package);
        }
    }

    [Fact]
    public async Task A_new_game_builds_with_its_app_host_and_client_and_passes_its_tests()
    {
        var feed = Path.Combine(_folder.FullName, "feed");
        await RunAsync("bash", [Path.Combine(SourceTree.Root, "eng", "pack.sh"), feed, "--no-build", $"-p:PackageVersion={_version}"]);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "nuget.config"), $"""
            <configuration><packageSources><add key="clone" value="{feed}" /></packageSources></configuration>
            """);
        string[] hive = ["--debug:custom-hive", Path.Combine(_folder.FullName, "hive")];
        await RunAsync("dotnet", ["new", "install", Path.Combine(feed, $"Nakama.Templates.{_version}.nupkg"), .. hive]);
        await RunAsync("dotnet", ["new", "nakama-game", "-n", "Chess", "--nakamaVersion", _version, "--no-update-check", .. hive]);

        foreach (var project in (string[])["AppHost", "Client"]) await RunAsync("dotnet", ["build", $"Chess/{project}", "--nologo"]);
        var tests = await RunAsync("dotnet", ["test", "Chess/Tests", "--nologo"]);

        Assert.Contains("Failed:     0, Passed:     2", tests, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        // Builds of the game must not wait for, or end with, those of others.
        using var process = new TalkingProcess(program, arguments, _folder.FullName, new() { ["MSBUILDDISABLENODEREUSE"] = "1" });
        var (exitCode, printed) = await process.EndsAsync(patience.Token);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}.\n{printed}");
        return printed;
    }
}
