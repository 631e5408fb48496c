using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Leaderboards;

/// <summary>What game logic may do to leaderboards.</summary>
public sealed class DefinitionsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private LeaderboardDefinitions Definitions => Server.Services.GetRequiredService<LeaderboardDefinitions>();

    [Fact]
    public async Task A_leaderboard_is_made_once_however_many_try()
    {
        for (var round = 0; round < 20; round++)
        {
            var many = new LeaderboardRequest { Id = Unique.Name("lb") };
            Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Definitions.CreateAsync(many, CancellationToken.None).AsTask())), true);
        }
    }

    [Fact]
    public async Task What_is_made_a_second_time_stays_as_it_was()
    {
        var draft = new LeaderboardRequest { Id = Unique.Name("lb"), Metadata = """{"a":1}""", ResetSchedule = "0 0 * * *", Sort = LeaderboardSort.Ascending };

        Assert.True(await Definitions.CreateAsync(draft, CancellationToken.None));
        Assert.False(await Definitions.CreateAsync(draft with { Metadata = "{}" }, CancellationToken.None));

        var board = Assert.Single(await Definitions.GetAsync([draft.Id, "none"], CancellationToken.None));
        Assert.Equal(("""{"a": 1}""", 0u, false), (board.Metadata, board.SortOrder, board.Authoritative));
        Assert.Equal(0u, board.NextReset % 86400);
        Assert.Equal(86400u, board.NextReset - board.PrevReset);
    }

    [Theory]
    [InlineData("", "{}", "")]
    [InlineData("id", "[]", "")]
    [InlineData("id", "", "")]
    [InlineData("id", "{}", "* * *")]
    [InlineData("id", "{}", "0 0 * * 5-7")]
    public async Task Drafts_that_make_no_sense_are_refused(string id, string metadata, string schedule) =>
        await Assert.ThrowsAsync<ApiException>(() =>
            Definitions.CreateAsync(new() { Id = id, Metadata = metadata, ResetSchedule = schedule }, CancellationToken.None).AsTask());

    [Fact]
    public async Task Leaderboards_are_listed_in_the_order_in_which_they_were_made()
    {
        await using var server = await TestServer.StartAsync();
        var definitions = server.Services.GetRequiredService<LeaderboardDefinitions>();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add(await server.CreateBoardAsync());
        await server.CreateTournamentAsync();

        var first = definitions.List(2, "");
        await definitions.DeleteAsync(ids[1], CancellationToken.None);
        var second = definitions.List(2, first.Cursor);
        var third = definitions.List(2, second.Cursor);

        Assert.Equal(ids, first.Leaderboards.Concat(second.Leaderboards).Concat(third.Leaderboards).Select(board => board.Id));
        Assert.Equal("", third.Cursor);
        Assert.Throws<ApiException>(() => definitions.List(2, "x"));
    }

    [Fact]
    public async Task A_deleted_leaderboard_takes_its_records_along()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();
        await Server.SubmitAsync(id, player.UserId, 5);

        await Definitions.DeleteAsync(id, CancellationToken.None);
        await Definitions.DeleteAsync(id, CancellationToken.None);
        (await Server.RecordsAsync(player, id, "limit=5")).Refused(404, 5, "Leaderboard not found.");
        Assert.True(await Definitions.CreateAsync(new() { Id = id, AreRanksEnabled = true }, CancellationToken.None));

        Assert.Empty((await Server.RecordsAsync(player, id, "limit=5")).Ok().Body.EnumerateObject());
    }

    [Fact]
    public async Task What_another_node_made_is_found()
    {
        await using var other = await TestServer.StartAsync(address: Server.Options.Database.Address[0]);
        var player = await Server.AuthenticateAsync();
        var id = await other.CreateBoardAsync();

        Assert.Equal(1, (await Server.ScoreAsync(player, id, new { score = 5 })).Ok().Body.Number("rank"));
        Assert.False(await Definitions.CreateAsync(new() { Id = id }, CancellationToken.None));
    }

    [Fact]
    public async Task A_page_may_begin_at_a_rank()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();
        for (var i = 0; i < 6; i++) await Server.SubmitAsync(id, Guid.NewGuid(), i);
        var lists = Server.Services.GetRequiredService<RecordLists>();
        var board = await Definitions.RequireAsync(id, CancellationToken.None);

        var cursor = lists.CursorFromRank(board, 0, 4);

        Assert.Equal([4, 5], (await Server.RecordsAsync(player, id, $"limit=2&cursor={cursor}")).RanksOf());
        Assert.Equal("", lists.CursorFromRank(board, 0, 1));
        Assert.Throws<ApiException>(() => lists.CursorFromRank(board, 0, 8));
        Assert.Equal("leaderboard not found", (await Assert.ThrowsAsync<ApiException>(() => Definitions.RequireAsync("none", CancellationToken.None).AsTask())).Message);
    }
}
