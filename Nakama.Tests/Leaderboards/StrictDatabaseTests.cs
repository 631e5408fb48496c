using Nakama.Server.Leaderboards;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Leaderboards;

public sealed class StrictDatabaseTests
{
    [Fact]
    public async Task Scores_and_places_are_counted_right_where_every_transaction_is_serializable()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Database = options.Database with { Address = [Strict(options.Database.Address[0])] },
        });
        var players = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.AuthenticateAsync()));
        var board = await server.CreateBoardAsync(draft => draft with { Operator = LeaderboardOperator.Increment });
        var tournament = await server.CreateTournamentAsync(draft => draft with { MaxSize = 2 });

        var scores = await Task.WhenAll(players.SelectMany(player => Enumerable.Range(0, 3).Select(_ => server.ScoreAsync(player, board, new { score = 1 }))));
        var entries = await Task.WhenAll(players.Select(player => server.AsAsync(player.Token, $"POST /v2/tournament/{tournament}", new { score = 1 })));

        // Too much of a crowd may be told to come again; what was taken must be right.
        Assert.Equal(scores.Count(answer => (int)answer.Status == 200), (await server.RecordsAsync(players[0], board, "limit=10")).Scores().Sum());
        var entered = entries.Count(answer => (int)answer.Status == 200);
        Assert.InRange(entered, 1, 2);
        Assert.Equal(entered, (await server.RecordsAsync(players[0], tournament, "limit=10")).Records().Count);
        Assert.Contains(scores, answer => (int)answer.Status == 200);
    }

    private static string Strict(string address) =>
        address + (address.Contains('?') ? '&' : '?') + "options=-c%20default_transaction_isolation%3Dserializable";
}
