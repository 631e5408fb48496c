using System.Globalization;
using Aspire.Hosting.Testing;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.House;

/// <summary>The two first clients, which the README shows and the dashboard starts.</summary>
[Collection(HouseGuests.Name)]
public sealed class FirstClients(RunningHouse house) : IDisposable
{
    private const string Samples = "samples/first-client";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Both_programs_run_and_hear_each_other()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await NodeScripts.RunAsync("--version");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "node_modules"), Path.Combine(SourceTree.Root, "Nakama.Tests", "Node", "node_modules"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "client.mjs"), SourceTree.Read($"{Samples}/client.mjs"), patience.Token);
        var port = house.App.GetEndpoint("server", "http").Port.ToString(CultureInfo.InvariantCulture);

        using var anna = new TalkingProcess("node", ["client.mjs", port], _folder.FullName);
        await anna.SaysAsync("anna says hello from JavaScript", patience.Token);
        // Where it stands in the clone, between projects with rules of their own.
        using var ben = new TalkingProcess("dotnet", ["run", "client.cs", "--", port], Path.Combine(SourceTree.Root, Samples));
        await ben.SaysAsync("""ben says {"text": "hello from C#"}""", patience.Token);
        await anna.SaysAsync("ben says hello from C#", patience.Token);
    }

    [Theory]
    [InlineData("javascript", "client.mjs")]
    [InlineData("csharp", "client.cs")]
    public void The_readme_shows_them_as_they_are(string language, string file)
    {
        var readme = SourceTree.Read("README.md");
        var start = readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;

        Assert.Equal(SourceTree.Read($"{Samples}/{file}"), readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);
    }
}
