using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Search.Text;
using Nakama.Tests.Groups;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleSearch;

public sealed class NamesByAnyPart(SearchNode node) : IClassFixture<SearchNode>
{
    [Fact]
    public async Task Names_of_players_and_groups_are_found_by_any_part_of_them_whatever_its_case()
    {
        var word = Unique.Name("w");
        var player = await node.Server.AuthenticateAsync($"Fox{word}77");
        var other = await node.Server.AuthenticateAsync();
        var group = await node.Server.CreateGroupAsync(player, name: $"The {word}-Guild");
        await node.FilledAsync();
        await node.UntilAsync($"Fox{word}", static answer => SearchNode.HitsOf(answer).Length == 1);
        await node.UntilAsync($"The {word}", static answer => SearchNode.HitsOf(answer).Length == 1);

        Assert.Contains(player.UserId.ToString(), await FindAsync("player", $"x{word}7".ToUpperInvariant()));
        Assert.DoesNotContain(other.UserId.ToString(), await FindAsync("player", word));
        Assert.Equal([group.ToString()], await FindAsync("group", $"E {word}-gUI"));
        Assert.Empty(await FindAsync("group", word + "!"));

        // Followed like everything else. A name that is searched for as a whole would be found by the database.
        await node.ExecuteAsync($"UPDATE users SET username = 'Bear{word}99', update_time = now() WHERE id = '{player.UserId}'");
        await node.UntilAsync($"Bear{word}", static answer => SearchNode.HitsOf(answer).Any(static hit => hit.StartsWith("player Bear", StringComparison.Ordinal)));
        Assert.Contains(player.UserId.ToString(), await FindAsync("player", $"ar{word}"));
    }

    [Fact]
    public async Task A_part_that_repeats_itself_excludes_names_that_have_less_of_it()
    {
        var word = Unique.Name("w");
        var (five, three) = (await node.Server.AuthenticateAsync($"{word}zzzzz"), await node.Server.AuthenticateAsync($"{word}zzzqzzz"));
        await node.FilledAsync();
        await node.UntilAsync(word, static answer => SearchNode.HitsOf(answer).Length == 2);

        var found = await FindAsync("player", "zzzzz");
        Assert.Contains(five.UserId.ToString(), found);
        Assert.DoesNotContain(three.UserId.ToString(), found);
        Assert.Contains(three.UserId.ToString(), await FindAsync("player", "zzz"));
    }

    [Fact]
    public async Task Where_the_index_cannot_tell_it_says_so()
    {
        var word = Unique.Name("w");
        for (var i = 0; i < 3; i++) await node.Server.AuthenticateAsync($"{word}-{i}");
        await node.FilledAsync();
        await node.UntilAsync(word, static answer => SearchNode.HitsOf(answer).Length == 3);

        Assert.Null(await Names(node.Server).FindAsync("player", "ab", 10, CancellationToken.None));
        Assert.Null(await Names(node.Server).FindAsync("player", word, 2, CancellationToken.None));
        Assert.Equal(3, (await Names(node.Server).FindAsync("player", word, 3, CancellationToken.None))!.Count);
        await using var off = await TestServer.StartAsync(options => options with { Console = options.Console with { SearchMaxMb = 0 } });
        Assert.Null(await Names(off).FindAsync("player", word, 10, CancellationToken.None));
    }

    private static INameIndex Names(TestServer server) => server.Services.GetRequiredService<INameIndex>();

    private async Task<IReadOnlyList<string>> FindAsync(string kind, string part) => (await Names(node.Server).FindAsync(kind, part, 100, CancellationToken.None))!;
}
