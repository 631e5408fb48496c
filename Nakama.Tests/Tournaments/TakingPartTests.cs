using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Leaderboards;
using Nakama.Server.Tournaments;
using Nakama.Tests.Authentication;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Tournaments;

public sealed class TakingPartTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private TestServer Server => fixture.Server;

    private TournamentRecords Records => Server.Services.GetRequiredService<TournamentRecords>();

    [Fact]
    public async Task One_joins_once_and_scores_as_often_as_allowed()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var id = await Server.CreateTournamentAsync(draft => draft with { IsJoinRequired = true, MaxSize = 1, MaxNumScore = 2 });

        (await WriteAsync(player, id, 5)).Refused(400, 9, "Must join tournament before attempting to write value.");
        (await JoinAsync(player, id)).Ok();
        (await JoinAsync(player, id)).Ok();
        (await JoinAsync(other, id)).Refused(400, 3, "Tournament cannot be joined as it has reached its max size.");
        Assert.Equal((0, 0, 1), Of(Assert.Single((await ListAsync(player, id, "")).Records())));

        Assert.Equal((5, 1, 1), Of((await WriteAsync(player, id, 5)).Ok().Body));
        Assert.Equal((5, 2, 1), Of((await WriteAsync(player, id, 4)).Ok().Body));
        Assert.Equal((5, 2, 1), Of((await WriteAsync(player, id, 9)).Ok().Body));

        await Records.AddAttemptsAsync(id, player.UserId, 1, CancellationToken.None);
        Assert.Equal((9, 3, 1), Of((await WriteAsync(player, id, 9)).Ok().Body));
    }

    [Fact]
    public async Task Without_joining_the_first_score_takes_a_place_and_attempts_run_out_loudly()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var id = await Server.CreateTournamentAsync(draft => draft with { MaxSize = 1, MaxNumScore = 2, Operator = LeaderboardOperator.Increment });
        var open = await Server.CreateTournamentAsync(draft => draft with { MaxNumScore = 1 });

        (await JoinAsync(player, id)).Ok();
        Assert.Equal((5, 1, 1), Of((await WriteAsync(player, id, 5)).Ok().Body));
        (await WriteAsync(other, id, 6)).Refused(400, 9, "Tournament has reached max size.");
        Assert.Equal((12, 2, 1), Of((await WriteAsync(player, id, 7, "PUT")).Ok().Body));
        (await WriteAsync(player, id, 8)).Refused(400, 9, "Reached allowed max number of score attempts.");
        (await WriteAsync(player, open, 1)).Ok();
        (await WriteAsync(player, open, 2)).Refused(400, 9, "Reached allowed max number of score attempts.");

        (await Server.AsAsync(player.Token, $"DELETE /v2/tournament/{id}")).Ok();
        Assert.Equal((6, 1, 1), Of((await WriteAsync(other, id, 6)).Ok().Body));
    }

    [Fact]
    public async Task Bad_requests_are_refused()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateTournamentAsync();
        var board = await Server.CreateBoardAsync();
        var closed = await Server.CreateTournamentAsync(draft => draft with { IsAuthoritative = true });
        var coming = await Server.CreateTournamentAsync(draft => draft with { IsJoinRequired = true, StartTime = Now + 9000 });
        var gone = await Server.CreateTournamentAsync(draft => draft with { IsJoinRequired = true, StartTime = Now - 9000 });
        var ended = await Server.CreateTournamentAsync(draft => draft with { StartTime = Now - 9000, EndTime = Now - 10 });
        const string Failed = "Error writing score to tournament.";

        (await JoinAsync(player, "none")).Refused(404, 5, "Tournament not found.");
        (await JoinAsync(player, board)).Refused(404, 5, "Tournament not found.");
        (await JoinAsync(player, gone)).Refused(400, 3, "Tournament is not active and cannot accept new joins.");
        (await JoinAsync(player, coming)).Ok();
        (await JoinAsync(player, id)).Ok();

        (await WriteAsync(player, "", 1)).Refused(400, 3, "Tournament ID must be provided.");
        (await WriteAsync(player, "none", 1)).Refused(404, 5, "Tournament not found.");
        (await WriteAsync(player, ended, 1)).Refused(404, 5, "Tournament not found or has ended.");
        (await WriteAsync(player, board, 1)).Refused(500, 13, Failed);
        (await WriteAsync(player, closed, 1)).Refused(403, 7, "Tournament only allows authoritative score submissions.");
        (await WriteAsync(player, coming, 1)).Refused(400, 9, "Tournament is not active and cannot accept new scores.");
        (await WriteAsync(player, gone, 1)).Refused(400, 9, "Tournament is not active and cannot accept new scores.");
        (await WriteAsync(player, id, -1)).Refused(500, 13, Failed);
        (await Server.AsAsync(player.Token, $"POST /v2/tournament/{id}", new { score = 1, @operator = 9 })).Refused(500, 13, Failed);
        (await Server.AsAsync(player.Token, $"POST /v2/tournament/{id}", new { metadata = "x" })).Refused(400, 3, "Metadata value must be JSON, if provided.");
        (await Server.AsAsync(player.Token, "DELETE /v2/tournament/")).Refused(400, 3, "Invalid tournament ID.");
        foreach (var unknown in new[] { "none", board, closed })
            (await Server.AsAsync(player.Token, $"DELETE /v2/tournament/{unknown}")).Refused(500, 13, "Error deleting score from tournament.");
        Assert.Empty((await ListAsync(player, id, "")).Records());

        (await ListAsync(player, "", "")).Refused(400, 3, "Tournament ID must be provided");
        (await ListAsync(player, "none", "")).Refused(404, 5, "Tournament not found.");
        (await ListAsync(player, board, "")).Refused(404, 5, "Tournament not found.");
        (await ListAsync(player, ended, "")).Refused(404, 5, "Tournament has ended.");
        (await ListAsync(player, id, "limit=101")).Refused(400, 3, "Invalid limit - limit must be between 1 and 100.");
        (await ListAsync(player, id, "owner_ids=x")).Refused(400, 3, "One or more owner IDs are invalid.");
        (await ListAsync(player, id, "cursor=x")).Refused(400, 3, "Cursor is invalid or expired.");
        Assert.Empty((await ListAsync(player, ended, "expiry=5")).Records());

        (await AroundAsync(player, "none", "")).Refused(404, 5, "Tournament not found.");
        (await AroundAsync(player, board, "")).Refused(404, 5, "Tournament not found.");
        (await AroundAsync(player, id, "limit=101")).Refused(400, 3, "Invalid limit - limit must be between 1 and 100.");
        (await AroundAsync(player, id, "cursor=x")).Refused(400, 3, "Cursor is invalid or expired.");
        (await Server.AsAsync(player.Token, $"GET /v2/tournament/{id}/owner/")).Refused(400, 3, "Owner ID must be provided for a haystack query.");
        (await Server.AsAsync(player.Token, $"GET /v2/tournament/{id}/owner/x")).Refused(400, 3, "Invalid owner ID provided.");
        Assert.Empty((await AroundAsync(player, ended, "")).Ok().Body.EnumerateObject());
    }

    [Fact]
    public async Task Records_are_listed_from_the_top_and_around_an_owner_with_a_way_back()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateTournamentAsync(draft => draft with { ResetSchedule = "0 0 1 1 *", Duration = 40_000_000, StartTime = Now - 50_000_000 });
        var owners = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid()).ToArray();
        for (var i = 0; i < owners.Length; i++)
            await Records.WriteAsync(id, new(owners[i], "", 100 - i, 0, "", default), default, isAuthoritative: true, CancellationToken.None);

        var list = await ListAsync(player, id, "");
        Assert.Equal(Enumerable.Range(1, 10).Select(rank => (long)rank), list.RanksOf());
        Assert.True(list.Records()[0].TryGetProperty("expiry_time", out _));
        Assert.Equal([11, 12], (await ListAsync(player, id, $"cursor={list.Text("next_cursor")}")).RanksOf());
        Assert.Empty((await ListAsync(player, id, $"cursor={list.Text("next_cursor")}&owner_ids={owners[2]}")).Records());
        Assert.Equal(10, (await ListAsync(player, id, $"owner_ids={owners[2]}")).Records().Count);

        var around = await AroundAsync(player, id, "limit=3", owners[5]);
        Assert.Equal([5, 6, 7], around.RanksOf());
        Assert.Equal([2, 3, 4], (await AroundAsync(player, id, $"limit=3&cursor={around.Text("prev_cursor")}", owners[5])).RanksOf());
        Assert.Equal([8, 9, 10], (await AroundAsync(player, id, $"limit=3&cursor={around.Text("next_cursor")}", owners[5])).RanksOf());
        Assert.Equal(12, (await AroundAsync(player, id, "", owners[5])).Records().Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_places_are_taken_once(bool isJoinRequired)
    {
        const int Places = 4;
        var players = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Server.AuthenticateAsync()));
        for (var round = 0; round < 5; round++)
        {
            var id = await Server.CreateTournamentAsync(draft => draft with { IsJoinRequired = isJoinRequired, MaxSize = Places });

            // Everyone tries twice at once.
            var answers = await Task.WhenAll(players.Concat(players).Select(player => isJoinRequired ? JoinAsync(player, id) : WriteAsync(player, id, 1)));

            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 400, answer.Body.ToString()));
            Assert.Equal(Places, (await ListAsync(players[0], id, "limit=100")).Records().Count);
            Assert.Equal(Places, await SizeAsync(id));
        }
    }

    [Fact]
    public async Task Attempts_at_once_are_counted_once_each()
    {
        var player = await Server.AuthenticateAsync();
        foreach (var maxSize in new[] { 0, 3 })
        {
            var id = await Server.CreateTournamentAsync(draft => draft with { MaxSize = maxSize, MaxNumScore = 5, Operator = LeaderboardOperator.Increment });

            var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => WriteAsync(player, id, 2)));

            Assert.Equal(5, answers.Count(answer => (int)answer.Status == 200));
            Assert.Equal((10, 5, 1), Of(Assert.Single((await ListAsync(player, id, "")).Records())));
        }
    }

    [Fact]
    public async Task Who_joins_while_a_round_begins_is_counted()
    {
        for (var round = 0; round < 8; round++)
        {
            var id = await Server.CreateTournamentAsync(draft => draft with { IsJoinRequired = true, MaxSize = 100 });
            var joins = Enumerable.Range(0, 12).Select(_ => Records.JoinAsync(id, Guid.NewGuid(), "", CancellationToken.None).AsTask());
            var begins = Enumerable.Range(0, 3).Select(_ => Server.BeginRoundAsync(id, 0));

            await Task.WhenAll(joins.Concat(begins));

            Assert.Equal(12, await SizeAsync(id));
        }
    }

    private async Task<int> SizeAsync(string id)
    {
        var tournaments = await Server.Services.GetRequiredService<TournamentDefinitions>().GetAsync([id], CancellationToken.None);
        return (int)Assert.Single(tournaments).Size;
    }

    private static (long Score, long NumScore, long Rank) Of(System.Text.Json.JsonElement record) =>
        (record.Number("score"), record.Number("num_score"), record.Number("rank"));

    private Task<ApiAnswer> JoinAsync(TestPlayer player, string id) => Server.AsAsync(player.Token, $"POST /v2/tournament/{id}/join");

    private Task<ApiAnswer> WriteAsync(TestPlayer player, string id, long score, string verb = "POST") =>
        Server.AsAsync(player.Token, $"{verb} /v2/tournament/{id}", new { score });

    private Task<ApiAnswer> ListAsync(TestPlayer player, string id, string query) => Server.AsAsync(player.Token, $"GET /v2/tournament/{id}?{query}");

    private Task<ApiAnswer> AroundAsync(TestPlayer player, string id, string query, Guid? owner = null) =>
        Server.AsAsync(player.Token, $"GET /v2/tournament/{id}/owner/{owner ?? player.UserId}?{query}");
}
