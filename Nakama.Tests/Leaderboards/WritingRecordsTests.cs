using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Leaderboards;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Leaderboards;

public sealed class WritingRecordsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData(LeaderboardOperator.Best, LeaderboardSort.Descending, "10,0", "5,7", "10,7", 2)]
    [InlineData(LeaderboardOperator.Best, LeaderboardSort.Descending, "10,5", "10,5", "10,5", 1)]
    [InlineData(LeaderboardOperator.Best, LeaderboardSort.Ascending, "10,5", "12,3", "10,3", 2)]
    [InlineData(LeaderboardOperator.Best, LeaderboardSort.Ascending, "10,5", "12,6", "10,5", 1)]
    [InlineData(LeaderboardOperator.Set, LeaderboardSort.Descending, "10,5", "3,0", "3,0", 2)]
    [InlineData(LeaderboardOperator.Set, LeaderboardSort.Descending, "10,5", "10,5", "10,5", 1)]
    [InlineData(LeaderboardOperator.Increment, LeaderboardSort.Descending, "10,5", "3,1", "13,6", 2)]
    [InlineData(LeaderboardOperator.Increment, LeaderboardSort.Descending, "10,5", "0,0", "10,5", 1)]
    [InlineData(LeaderboardOperator.Decrement, LeaderboardSort.Descending, "10,5", "3,1", "0,0", 2)]
    [InlineData(LeaderboardOperator.Decrement, LeaderboardSort.Descending, "10,5", "0,0", "0,0", 1)]
    public async Task An_operator_decides_what_a_second_score_does(
        LeaderboardOperator @operator, LeaderboardSort sort, string first, string second, string expected, int numScore)
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync(draft => draft with { Operator = @operator, Sort = sort });

        (await Server.ScoreAsync(player, id, Score(first))).Ok();
        var answer = (await Server.ScoreAsync(player, id, Score(second))).Ok().Body;

        Assert.Equal((expected, numScore), ($"{answer.Number("score")},{answer.Number("subscore")}", answer.Number("num_score")));
        var stored = Assert.Single((await Server.RecordsAsync(player, id, "limit=10")).Records());
        Assert.Equal(expected, $"{stored.Number("score")},{stored.Number("subscore")}");
    }

    [Fact]
    public async Task A_request_may_ask_for_another_operator()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();

        (await Server.ScoreAsync(player, id, new { score = 10, @operator = 2 })).Ok();
        (await Server.ScoreAsync(player, id, new { score = 4, @operator = "SET" })).Ok();
        (await Server.ScoreAsync(player, id, new { score = 3, @operator = "INCREMENT" })).Ok();
        var last = (await Server.ScoreAsync(player, id, new { score = 2, @operator = "DECREMENT" })).Ok();

        Assert.Equal(5, last.Body.Number("score"));
        (await Server.ScoreAsync(player, id, new { score = 2, @operator = 9 })).Refused(500, 13, "Error writing score to leaderboard.");
    }

    [Fact]
    public async Task Metadata_stays_unless_a_score_that_counts_brings_its_own()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();

        var first = (await Server.ScoreAsync(player, id, new { score = 5 })).Ok();
        (await Server.ScoreAsync(player, id, new { score = 6, metadata = """{"b":1,"a":2}""" })).Ok();
        var worse = (await Server.ScoreAsync(player, id, new { score = 1, metadata = """{"c":1}""" })).Ok();
        var better = (await Server.ScoreAsync(player, id, new { score = 7 })).Ok();

        Assert.Equal(("{}", """{"a": 2, "b": 1}""", """{"a": 2, "b": 1}"""), (first.Text("metadata"), worse.Text("metadata"), better.Text("metadata")));
        Assert.Equal((3, "1"), (better.Body.Number("num_score"), better.Text("rank")));
        Assert.Equal((player.Username, player.UserId.ToString(), id), (better.Text("username"), better.Text("owner_id"), better.Text("leaderboard_id")));
        Assert.False(better.Body.TryGetProperty("expiry_time", out _));
    }

    [Fact]
    public async Task Bad_scores_are_refused_and_change_nothing()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();
        var counting = await Server.CreateBoardAsync(draft => draft with { Operator = LeaderboardOperator.Increment });
        var closed = await Server.CreateBoardAsync(draft => draft with { IsAuthoritative = true });
        (await Server.ScoreAsync(player, counting, new { score = long.MaxValue })).Ok();
        const string Failed = "Error writing score to leaderboard.";

        (await Server.ScoreAsync(player, "", new { score = 1 })).Refused(400, 3, "Invalid leaderboard ID.");
        (await Server.ScoreAsync(player, "none", new { score = 1 })).Refused(404, 5, "Leaderboard not found.");
        (await Server.ScoreAsync(player, closed, new { score = 1 })).Refused(403, 7, "Leaderboard only allows authoritative score submissions.");
        foreach (var metadata in new[] { "x", "[]", "1", "null", "{", "{} {}" })
            (await Server.ScoreAsync(player, id, new { metadata })).Refused(400, 3, "Metadata value must be JSON, if provided.");
        (await Server.ScoreAsync(player, id, new { score = -1 })).Refused(500, 13, Failed);
        (await Server.ScoreAsync(player, id, new { score = 1, subscore = -1 })).Refused(500, 13, Failed);
        (await Server.ScoreAsync(player, id, new { score = 1, metadata = "{\"a\":\"\\u0000\"}" })).Refused(400, 3, "Text must not contain NUL characters.");
        (await Server.ScoreAsync(player, counting, new { score = 1 })).Refused(400, 3, "Score is out of range.");
        (await Server.ScoreAsync(player, counting, new { score = 0, subscore = long.MaxValue })).Ok();
        (await Server.ScoreAsync(player, counting, new { score = 0, subscore = 1 })).Refused(400, 3, "Score is out of range.");
        (await Server.ScoreAsync(player, counting, new { score = -1 })).Refused(500, 13, Failed);
        (await Server.ScoreAsync(player, new string('x', 300), new { score = 1 })).Refused(404, 5, "Leaderboard not found.");

        Assert.Empty((await Server.RecordsAsync(player, id, "limit=10")).Records());
        Assert.Equal([long.MaxValue], (await Server.RecordsAsync(player, counting, "limit=10")).Scores());
    }

    [Fact]
    public async Task An_empty_record_is_a_score_of_zero()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync();

        var record = (await Server.ScoreAsync(player, id, new { })).Ok().Body;

        Assert.Equal((0, 1, 1, 1_000_000), (record.Number("score"), record.Number("num_score"), record.Number("rank"), record.Number("max_num_score")));
    }

    [Fact]
    public async Task One_deletes_his_own_record_and_no_other()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var id = await Server.CreateBoardAsync();
        var closed = await Server.CreateBoardAsync(draft => draft with { IsAuthoritative = true });
        (await Server.ScoreAsync(player, id, new { score = 5 })).Ok();
        (await Server.ScoreAsync(other, id, new { score = 4 })).Ok();

        (await Server.AsAsync(player.Token, $"DELETE /v2/leaderboard/{id}")).Ok();
        (await Server.AsAsync(player.Token, $"DELETE /v2/leaderboard/{id}")).Ok();

        var left = await Server.RecordsAsync(player, id, $"owner_ids={other.UserId}&owner_ids={player.UserId}");
        var record = Assert.Single(left.Items("owner_records"));
        Assert.Equal((other.UserId, 1, 1), (record.GetProperty("owner_id").GetGuid(), record.Number("rank"), left.Body.Number("rank_count")));
        (await Server.AsAsync(player.Token, "DELETE /v2/leaderboard/")).Refused(400, 3, "Invalid leaderboard ID.");
        (await Server.AsAsync(player.Token, "DELETE /v2/leaderboard/none")).Refused(404, 5, "Leaderboard not found.");
        (await Server.AsAsync(player.Token, $"DELETE /v2/leaderboard/{closed}")).Refused(403, 7, "Leaderboard only allows authoritative score deletions.");
    }

    [Fact]
    public async Task Scores_that_are_added_at_once_all_count()
    {
        var players = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Server.AuthenticateAsync()));
        for (var round = 0; round < 6; round++)
        {
            var id = await Server.CreateBoardAsync(draft => draft with { Operator = LeaderboardOperator.Increment });

            // The same first score at the same moment is the hardest case: the rows are equal.
            var answers = await Task.WhenAll(players.SelectMany(player => Enumerable.Range(0, 12).Select(_ => Server.ScoreAsync(player, id, new { score = 2 }))));

            var records = (await Server.RecordsAsync(players[0], id, "limit=10")).Records();
            Assert.All(answers, answer => answer.Ok());
            Assert.All(records, record => Assert.Equal((24, 12), (record.Number("score"), record.Number("num_score"))));
            Assert.Equal(players.Length, records.Count);
        }
    }

    [Fact]
    public async Task Writers_and_deleters_at_once_leave_ranks_that_fit_the_records()
    {
        var players = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Server.AuthenticateAsync()));
        var id = await Server.CreateBoardAsync(draft => draft with { Operator = LeaderboardOperator.Set });
        await Task.WhenAll(players.Select(async (player, i) =>
        {
            for (var n = 0; n < 30; n++)
            {
                if (n % 7 == i) (await Server.AsAsync(player.Token, $"DELETE /v2/leaderboard/{id}")).Ok();
                (await Server.ScoreAsync(player, id, new { score = (n * 31 + i * 17) % 50 })).Ok();
            }
        }));

        var owners = string.Join('&', players.Select(player => $"owner_ids={player.UserId}"));
        var answer = await Server.RecordsAsync(players[0], id, $"limit=10&{owners}");

        Assert.Equal([1, 2, 3, 4], answer.RanksOf());
        Assert.Equal([1, 2, 3, 4], answer.Items("owner_records").Select(record => record.Number("rank")));
        Assert.Equal(answer.Records().Select(r => r.GetProperty("owner_id").GetString()), answer.Items("owner_records").Select(r => r.GetProperty("owner_id").GetString()));
    }

    [Fact]
    public async Task A_deleted_account_takes_its_records_and_ranks_along()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var id = await Server.CreateBoardAsync();
        (await Server.ScoreAsync(player, id, new { score = 5 })).Ok();
        (await Server.ScoreAsync(other, id, new { score = 4 })).Ok();

        (await Server.AsAsync(player.Token, "DELETE /v2/account")).Ok();

        var left = await Server.RecordsAsync(other, id, "limit=10");
        Assert.Equal([4], left.Scores());
        Assert.Equal(1, left.Body.Number("rank_count"));
        Assert.Equal(1, (await Server.ScoreAsync(other, id, new { score = 6 })).Ok().Body.Number("rank"));
    }

    [Fact]
    public async Task Without_ranks_there_are_none()
    {
        var player = await Server.AuthenticateAsync();
        var id = await Server.CreateBoardAsync(draft => draft with { AreRanksEnabled = false });
        var disabled = await Server.CreateBoardAsync();
        (await Server.ScoreAsync(player, disabled, new { score = 5 })).Ok();

        await Server.Services.GetRequiredService<LeaderboardDefinitions>().DisableRanksAsync(disabled, CancellationToken.None);

        foreach (var board in new[] { id, disabled })
        {
            Assert.Equal(0, (await Server.ScoreAsync(player, board, new { score = 6 })).Ok().Body.Number("rank"));
            var list = await Server.RecordsAsync(player, board, $"limit=1&owner_ids={player.UserId}");
            Assert.Equal([1], list.RanksOf());
            Assert.Equal(0, list.Body.Number("rank_count"));
            Assert.Equal(0, list.Items("owner_records")[0].Number("rank"));
        }
    }

    private static object Score(string pair) => new { score = pair.Split(',')[0], subscore = pair.Split(',')[1] };
}
