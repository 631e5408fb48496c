using System.Globalization;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport;

/// <summary>The dice game of the samples, a player in each language against one in the other.</summary>
public sealed class Samples(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "samples");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_player_in_csharp_and_one_in_javascript_play_a_match()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await NodeScripts.RunAsync("--version");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "node_modules"), Path.Combine(SourceTree.Root, "Nakama.Tests", "Node", "node_modules"));
        File.Copy(Path.Combine(Folder, "dice-javascript", "dice.mjs"), Path.Combine(_folder.FullName, "dice.mjs"));
        var server = fixture.Server.Http.BaseAddress!.ToString().TrimEnd('/');
        var (anna, ben) = (Unique.Name(), Unique.Name());

        using var first = new TalkingProcess("dotnet", [Program(), server, anna, "samples"], _folder.FullName);
        using var second = new TalkingProcess("node", ["dice.mjs", server, ben, "samples"], _folder.FullName);
        var annas = await first.SaysAsync(" with ", patience.Token);
        var bens = await second.SaysAsync(" with ", patience.Token);

        Assert.Equal(Sums(annas), Sums(bens).Reverse());
    }

    private static string Program() => Path.Combine(
        Folder, "dice-csharp", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, new DirectoryInfo(AppContext.BaseDirectory).Name, "Dice.dll");

    /// <summary>Own and other sum of a line that ends in "11 to 9".</summary>
    private static IEnumerable<int> Sums(string line) =>
        line[(line.IndexOf(" with ", StringComparison.Ordinal) + 6)..].Split(" to ").Select(sum => int.Parse(sum, CultureInfo.InvariantCulture));
}
