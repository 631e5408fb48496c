using Nakama.Server.Leaderboards;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Leaderboards;

public sealed class ListingRecordsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData(LeaderboardSort.Descending)]
    [InlineData(LeaderboardSort.Ascending)]
    public async Task Pages_follow_each_other_there_and_back(LeaderboardSort sort)
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync(draft => draft with { Sort = sort });
        for (var i = 0; i < 7; i++) await Server.SubmitAsync(id, Guid.NewGuid(), score: i / 3, subscore: i % 2);
        var all = await Server.RecordsAsync(player, id, "limit=1000");
        Assert.Equal(Enumerable.Range(1, 7).Select(n => (long)n), all.RanksOf());
        Assert.Equal(("", "", 7), (all.Optional("next_cursor"), all.Optional("prev_cursor"), all.Body.Number("rank_count")));

        var (pages, cursor) = (new List<ApiAnswer>(), "");
        do
        {
            pages.Add(await Server.RecordsAsync(player, id, $"limit=3&cursor={cursor}"));
            cursor = pages[^1].Optional("next_cursor");
        }
        while (cursor.Length > 0);
        Assert.Equal(Owners(all), pages.SelectMany(Owners));
        Assert.Equal(all.RanksOf(), pages.SelectMany(BoardCalls.RanksOf));
        Assert.Equal("", pages[0].Optional("prev_cursor"));

        var back = await Server.RecordsAsync(player, id, $"limit=3&cursor={pages[2].Optional("prev_cursor")}");
        Assert.Equal(Owners(pages[1]), Owners(back));
        Assert.Equal([4, 5, 6], back.RanksOf());
        var first = await Server.RecordsAsync(player, id, $"limit=3&cursor={back.Optional("prev_cursor")}");
        Assert.Equal(Owners(pages[0]), Owners(first));
        Assert.Equal("", first.Optional("prev_cursor"));
        Assert.Equal(Owners(pages[1]), Owners(await Server.RecordsAsync(player, id, $"limit=3&cursor={first.Optional("next_cursor")}")));
    }

    [Fact]
    public async Task Records_of_owners_come_in_order_with_their_ranks_and_without_a_page()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();
        var owners = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var (owner, i) in owners.Select((owner, i) => (owner, i))) await Server.SubmitAsync(id, owner, i);

        var answer = await Server.RecordsAsync(player, id, $"owner_ids={owners[1]}&owner_ids={owners[3]:N}&owner_ids={Guid.NewGuid()}&owner_ids={owners[1]}");

        Assert.Empty(answer.Records());
        Assert.Equal([(3, 2), (1, 4)], answer.Items("owner_records").Select(record => (record.Number("score"), record.Number("rank"))));
        Assert.Equal([4], (await Server.RecordsAsync(player, id, "")).Scores());
        Assert.Equal([4, 3], (await Server.RecordsAsync(player, id, $"limit=2&owner_ids={owners[0]}")).Scores());
    }

    [Theory]
    [InlineData("limit=0", "Invalid limit - limit must be between 1 and 1000.")]
    [InlineData("limit=1001", "Invalid limit - limit must be between 1 and 1000.")]
    [InlineData("limit=-1", "Invalid limit - limit must be between 1 and 1000.")]
    [InlineData("owner_ids=x", "One or more owner IDs are invalid.")]
    [InlineData("owner_ids=", "One or more owner IDs are invalid.")]
    [InlineData("cursor=x", "Cursor is invalid or expired.")]
    [InlineData("cursor=!!!!", "Cursor is invalid or expired.")]
    [InlineData("cursor=AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Cursor is invalid or expired.")]
    public async Task Bad_lists_are_refused(string query, string message)
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();

        (await Server.RecordsAsync(player, id, query)).Refused(400, 3, message);
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_own_list_only()
    {
        var player = await Server.AuthenticateAsync();
        var (id, other) = (await Server.CreateBoardAsync(), await Server.CreateBoardAsync());
        for (var i = 0; i < 3; i++) await Server.SubmitAsync(id, Guid.NewGuid(), i);
        var cursor = (await Server.RecordsAsync(player, id, "limit=1")).Text("next_cursor");

        (await Server.RecordsAsync(player, other, $"cursor={cursor}")).Refused(400, 3, "Cursor is invalid or expired.");
        (await Server.RecordsAsync(player, id, $"cursor={cursor}&expiry=5")).Refused(400, 3, "Cursor is invalid or expired.");
        (await Server.AroundAsync(player, other, Guid.NewGuid(), $"cursor={cursor}")).Refused(400, 3, "Cursor is invalid or expired.");
        (await Server.RecordsAsync(player, "none", "limit=1")).Refused(404, 5, "Leaderboard not found.");
        (await Server.RecordsAsync(player, "", "limit=1")).Refused(400, 3, "Invalid leaderboard ID.");
        (await Server.AsAsync(player.Token, $"GET /v2/leaderboard/{id}?limit=x")).Refused(400, 3, "parsing field \"limit\": strconv.ParseInt: parsing \"x\": invalid syntax");
    }

    [Theory]
    [InlineData("expiry=9223372036854775807")]
    [InlineData("expiry=-9223372036854775808")]
    [InlineData("expiry=-62135596800")]
    [InlineData("expiry=253402300800")]
    [InlineData("expiry=-5")]
    [InlineData("expiry=86400")]
    public async Task No_period_is_too_far_to_be_empty(string query)
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();
        await Server.SubmitAsync(id, player.UserId, 1);

        Assert.Empty((await Server.RecordsAsync(player, id, $"limit=5&owner_ids={player.UserId}&{query}")).Ok().Body.EnumerateObject());
        Assert.Empty((await Server.AroundAsync(player, id, player.UserId, query)).Ok().Body.EnumerateObject());
    }

    [Theory]
    [InlineData(1, "1-2 n,1-3 n,1-4 n,1-5")]
    [InlineData(2, "2-3 np,1-3 n,1-4 n,1-5")]
    [InlineData(3, "3-4 np,2-4 np,2-5 p,1-5")]
    [InlineData(4, "4-5 p,3-5 p,2-5 p,1-5")]
    [InlineData(5, "4-5 p,3-5 p,2-5 p,1-5")]
    public async Task An_owner_stands_in_the_middle_as_far_as_the_ends_allow(int place, string windows)
    {
        var player = await Server.AuthenticateAsync();
        foreach (var sort in Enum.GetValues<LeaderboardSort>())
        {
            var id = await Server.CreateBoardAsync(draft => draft with { Sort = sort });
            var owners = Enumerable.Range(1, 5).Select(_ => Guid.NewGuid()).ToArray();
            for (var i = 0; i < 5; i++) await Server.SubmitAsync(id, owners[i], sort == LeaderboardSort.Ascending ? i : 10 - i);

            var seen = new List<string>();
            for (var limit = 2; limit <= 5; limit++)
            {
                var answer = await Server.AroundAsync(player, id, owners[place - 1], $"limit={limit}");
                var ranks = answer.RanksOf().ToArray();
                Assert.Equal(Enumerable.Range((int)ranks[0], limit).Select(rank => (long)rank), ranks);
                seen.Add($"{ranks[0]}-{ranks[^1]} {(answer.Optional("next_cursor").Length > 0 ? "n" : "")}{(answer.Optional("prev_cursor").Length > 0 ? "p" : "")}".Trim());
            }

            Assert.Equal(windows, string.Join(',', seen));
        }
    }

    [Fact]
    public async Task The_list_around_an_owner_goes_on_from_its_cursors()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();
        var owners = Enumerable.Range(0, 9).Select(_ => Guid.NewGuid()).ToArray();
        for (var i = 0; i < 9; i++) await Server.SubmitAsync(id, owners[i], 100 - i);
        var middle = await Server.AroundAsync(player, id, owners[4], "limit=3");
        Assert.Equal([4, 5, 6], middle.RanksOf());

        Assert.Equal([7, 8, 9], (await Server.AroundAsync(player, id, owners[4], $"limit=3&cursor={middle.Text("next_cursor")}")).RanksOf());
        Assert.Equal([1, 2, 3], (await Server.AroundAsync(player, id, owners[4], $"limit=3&cursor={middle.Text("prev_cursor")}")).RanksOf());
        Assert.Equal([5], (await Server.AroundAsync(player, id, owners[4], "")).RanksOf());
    }

    [Fact]
    public async Task Bad_lists_around_an_owner_are_refused()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();
        Task<ApiAnswer> GetAsync(string path) => Server.AsAsync(player.Token, $"GET /v2/leaderboard/{path}");

        (await GetAsync($"{id}/owner/{player.UserId}?limit=0")).Refused(400, 3, "Invalid limit - limit must be between 1 and 100.");
        (await GetAsync($"{id}/owner/{player.UserId}?limit=101")).Refused(400, 3, "Invalid limit - limit must be between 1 and 100.");
        (await GetAsync($"{id}/owner/")).Refused(400, 3, "Owner ID must be provided for a haystack query.");
        (await GetAsync($"{id}/owner/x")).Refused(400, 3, "Invalid owner ID provided.");
        (await GetAsync($"none/owner/{player.UserId}")).Refused(404, 5, "Leaderboard not found.");
        (await GetAsync($"{id}/owner/{player.UserId}?cursor=bad")).Refused(400, 3, "Cursor is invalid or expired.");
        Assert.Empty((await GetAsync($"{id}/owner/{player.UserId}?limit=5")).Ok().Body.EnumerateObject());
    }

    private static IEnumerable<Guid> Owners(ApiAnswer answer) => answer.Records().Select(record => record.GetProperty("owner_id").GetGuid());
}
