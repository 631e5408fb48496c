using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Tournaments;
using Nakama.Tests.Authentication;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Tournaments;

public sealed class ListingTournamentsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const long Far = 2_000_000_000;

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Tournaments_come_by_start_end_category_and_id_in_pages()
    {
        var player = await Server.AuthenticateAsync();
        var ids = new List<string>
        {
            await CreateAsync(20, Far, Far + 9000),
            await CreateAsync(20, Far, Far + 8000),
            await CreateAsync(20, Far, 0),
            await CreateAsync(21, Far, 0),
            await CreateAsync(20, Far + 5, Far + 7000),
        };
        const string Query = "category_start=20&category_end=21&start_time=2000000000";

        Assert.Equal(ids, await IdsAsync(player, Query));
        Assert.Equal([ids[0], ids[1], ids[4]], await IdsAsync(player, $"{Query}&end_time={Far + 9000}"));
        Assert.Equal([ids[2], ids[3]], await IdsAsync(player, $"{Query}&end_time=0"));
        Assert.Equal([ids[3]], await IdsAsync(player, "category_start=21&category_end=21"));

        var (paged, cursor) = (new List<string>(), "");
        do
        {
            var page = await ListAsync(player, $"{Query}&limit=2&cursor={cursor}");
            paged.AddRange(page.Items("tournaments").Select(item => item.GetProperty("id").GetString()!));
            cursor = page.Optional("cursor");
        }
        while (cursor.Length > 0);
        Assert.Equal(ids, paged);

        var last = (await ListAsync(player, $"{Query}&limit=2")).Text("cursor");
        await Server.Services.GetRequiredService<TournamentDefinitions>().DeleteAsync(ids[1], CancellationToken.None);
        Assert.Empty(await IdsAsync(player, $"{Query}&cursor={last}"));
    }

    [Fact]
    public async Task A_tournament_tells_what_it_is()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateTournamentAsync(draft => draft with
        {
            Category = 30,
            Title = "Cup",
            Description = "Of tea",
            Metadata = """{"a":1}""",
            IsJoinRequired = true,
            MaxSize = 2,
            MaxNumScore = 3,
            Sort = LeaderboardSort.Ascending,
            Operator = LeaderboardOperator.Set,
            ResetSchedule = "0 0 1 1 *",
            StartTime = 1_000_000_000,
            Duration = 40_000_000,
        });
        (await Server.AsAsync(player.Token, $"POST /v2/tournament/{id}/join")).Ok();

        var item = Assert.Single((await ListAsync(player, "category_start=30&category_end=30")).Items("tournaments"));

        Assert.Equal(("Cup", "Of tea", """{"a": 1}"""), (item.GetProperty("title").GetString(), item.GetProperty("description").GetString(), item.GetProperty("metadata").GetString()));
        Assert.Equal((30, 1, 2, 3, 2), (item.Number("category"), item.Number("size"), item.Number("max_size"), item.Number("max_num_score"), item.Number("operator")));
        Assert.True(item.GetProperty("can_enter").GetBoolean());
        Assert.True(item.GetProperty("join_required").GetBoolean());
        Assert.False(item.TryGetProperty("sort_order", out _));
        Assert.False(item.TryGetProperty("end_time", out _));
        Assert.Equal(item.Number("prev_reset"), item.Number("start_active"));
        Assert.Equal(item.Number("next_reset"), item.Number("end_active"));
    }

    [Theory]
    [InlineData("limit=0", 400, 3, "Limit must be between 1 and 100.")]
    [InlineData("limit=101", 400, 3, "Limit must be between 1 and 100.")]
    [InlineData("category_end=128", 400, 3, "Tournament category end must be >=0 and <128.")]
    [InlineData("category_start=5&category_end=4", 400, 3, "Tournament category end must be greater than category start.")]
    [InlineData("start_time=10&end_time=9", 400, 3, "Tournament end time must be greater than start time.")]
    [InlineData("cursor=bad", 400, 3, "leaderboard cursor invalid")]
    [InlineData("cursor=!&limit=0", 400, 3, "leaderboard cursor invalid")]
    public async Task Bad_lists_are_refused(string query, int status, int code, string message)
    {
        var player = await Server.AuthenticateAsync();

        (await ListAsync(player, query)).Refused(status, code, message);
    }

    [Fact]
    public async Task A_first_category_beyond_all_is_an_empty_list()
    {
        var player = await Server.AuthenticateAsync();

        Assert.Empty(await IdsAsync(player, "category_start=200"));
    }

    [Fact]
    public async Task Drafts_that_make_no_sense_are_refused_and_a_second_one_of_an_id_changes_nothing()
    {
        var definitions = Server.Services.GetRequiredService<TournamentDefinitions>();
        var draft = new TournamentRequest { Id = Unique.Name("t"), Duration = 60, Title = "first" };
        var board = await Server.CreateBoardAsync();
        async Task<string> RefusalAsync(TournamentRequest bad) =>
            (await Assert.ThrowsAsync<ApiException>(() => definitions.CreateAsync(bad, CancellationToken.None).AsTask())).Message;

        Assert.Equal("cannot create tournament as leaderboard is already in use", await RefusalAsync(draft with { Id = board }));
        Assert.StartsWith("tournament end time cannot be before first reset schedule", await RefusalAsync(draft with { ResetSchedule = "0 0 * * *", StartTime = Far, EndTime = Far + 60 }), StringComparison.Ordinal);
        Assert.Equal("invalid reset schedule", await RefusalAsync(draft with { ResetSchedule = "x" }));
        Assert.Equal("duration must be > 0", await RefusalAsync(draft with { Duration = 0 }));
        Assert.Equal("category must be 0-127", await RefusalAsync(draft with { Category = 128 }));
        Assert.Equal("maxSize must be >= 0", await RefusalAsync(draft with { MaxSize = -1 }));
        Assert.Equal("maxNumScore must be >= 0", await RefusalAsync(draft with { MaxNumScore = -1 }));
        Assert.Equal("startTime must be >= 0.", await RefusalAsync(draft with { StartTime = -1 }));
        Assert.StartsWith("endTime must be > startTime.", await RefusalAsync(draft with { StartTime = 5, EndTime = 4 }), StringComparison.Ordinal);

        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => definitions.CreateAsync(draft, CancellationToken.None).AsTask()));
        Assert.Single(made, isMade => isMade);
        Assert.False(await definitions.CreateAsync(draft with { Title = "second" }, CancellationToken.None));
        Assert.False(await Server.Services.GetRequiredService<LeaderboardDefinitions>().CreateAsync(new() { Id = draft.Id }, CancellationToken.None));
        Assert.Equal("first", Assert.Single(await definitions.GetAsync([draft.Id, draft.Id, "none", board], CancellationToken.None)).Title);
    }

    private Task<string> CreateAsync(int category, long start, long end) =>
        Server.CreateTournamentAsync(draft => draft with { Category = category, StartTime = start, EndTime = end });

    private Task<ApiAnswer> ListAsync(TestPlayer player, string query) => Server.AsAsync(player.Token, $"GET /v2/tournament?{query}");

    private async Task<List<string>> IdsAsync(TestPlayer player, string query) =>
        [.. (await ListAsync(player, query)).Items("tournaments").Select(item => item.GetProperty("id").GetString()!)];
}
