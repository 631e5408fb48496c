using System.Globalization;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>The game that a newcomer makes in the first ten minutes, as it stands on its page.</summary>
public sealed class FirstGame : IAsyncLifetime
{
    private const string Page = "docs/getting-started.md";

    private readonly DirectoryInfo _modules = Directory.CreateTempSubdirectory("nakama-");
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_modules.FullName, "duel.lua"), CodeBlocks.Of(Page, "lua").Single());
        _server = await TestServer.StartAsync(options => options with
        {
            Runtime = options.Runtime with { Path = _modules.FullName },
            Matchmaker = options.Matchmaker with { IntervalSec = 1 },
        });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _modules.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_players_meet_and_one_of_them_wins()
    {
        var client = CodeBlocks.Of(Page, "javascript").Single()
            .Replace("7350", _server.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var said = await Task.WhenAll(NodeScripts.RunTextAsync(client, "anna"), NodeScripts.RunTextAsync(client, "ben"));

        Assert.Single(said, text => text.Contains("won, 1 in all", StringComparison.Ordinal));
        Assert.Single(said, text => text.Contains("lost", StringComparison.Ordinal));
    }
}
