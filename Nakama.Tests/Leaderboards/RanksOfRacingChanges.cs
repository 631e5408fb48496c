using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Api;
using Nakama.Server.Accounts;
using Nakama.Server.Leaderboards;
using Nakama.Server.Leaderboards.Ranks;
using Nakama.Server.Tournaments;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Leaderboards;

/// <summary>Ranks in memory after changes of one record that were made at the same moment.</summary>
public sealed class RanksOfRacingChanges(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Rounds = 400;

    private static readonly CancellationToken Never = CancellationToken.None;

    private TestServer Server => fixture.Server;

    private RankCache Ranks => Server.Services.GetRequiredService<RankCache>();

    private RecordStore Store => Server.Services.GetRequiredService<RecordStore>();

    [Fact]
    public async Task Are_those_of_the_records_of_a_leaderboard()
    {
        var definitions = Server.Services.GetRequiredService<LeaderboardDefinitions>();
        var records = Server.Services.GetRequiredService<LeaderboardRecords>();
        var board = await definitions.RequireAsync(await Server.CreateBoardAsync(), Never);
        var left = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var owner = Guid.NewGuid();

            await Task.WhenAll(
                Task.Run(() => records.WriteAsync(board, Score(owner, 1), Never).AsTask()),
                Task.Run(() => records.DeleteAsync(board, owner, Never).AsTask()),
                Task.Run(() => records.WriteAsync(board, Score(owner, 2), Never).AsTask()));

            var row = await Store.FindAsync(board.Id, owner, 0, Never);
            if (row is not null) left++;
            Assert.Equal(row is not null, Ranks.RankOf(board.Id, 0, owner) > 0);
            Assert.Equal(left, Ranks.CountOf(board.Id, 0));
            if (row is { } present) Assert.Equal((owner, present.Score), At(board.Id, 0, Ranks.RankOf(board.Id, 0, owner)));
        }
    }

    [Fact]
    public async Task Are_those_of_the_records_of_a_tournament()
    {
        var definitions = Server.Services.GetRequiredService<LeaderboardDefinitions>();
        var records = Server.Services.GetRequiredService<TournamentRecords>();
        var id = await Server.CreateTournamentAsync(draft => draft with { IsJoinRequired = true, MaxSize = 10_000 });
        var expiry = (await definitions.RequireAsync(id, Never)).ExpiryAt(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var left = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var owner = Guid.NewGuid();
            await records.JoinAsync(id, owner, "anna", Never);

            await Task.WhenAll(
                Task.Run(() => WriteAsync(records, id, owner)),
                Task.Run(() => records.DeleteAsync(id, owner, isAuthoritative: true, Never).AsTask()),
                Task.Run(() => records.JoinAsync(id, owner, "anna", Never).AsTask()));

            var row = await Store.FindAsync(id, owner, expiry, Never);
            if (row is not null) left++;
            Assert.Equal(row is not null, Ranks.RankOf(id, expiry, owner) > 0);
            Assert.Equal(left, Ranks.CountOf(id, expiry));
            if (row is { } present) Assert.Equal((owner, present.Score), At(id, expiry, Ranks.RankOf(id, expiry, owner)));
        }
    }

    [Fact]
    public async Task Are_those_of_the_records_that_deleted_accounts_left()
    {
        var records = Server.Services.GetRequiredService<LeaderboardRecords>();
        var board = await Server.Services.GetRequiredService<LeaderboardDefinitions>().RequireAsync(await Server.CreateBoardAsync(), Never);
        var deletion = Server.Services.GetRequiredService<AccountDeletion>();
        for (var round = 0; round < 50; round++)
        {
            var owner = (await Server.AuthenticateAsync()).UserId;

            await Task.WhenAll(
                Task.Run(() => records.WriteAsync(board, Score(owner, 1), Never).AsTask()),
                Task.Run(() => deletion.DeleteAsync(owner, isRecorded: false, Never).AsTask()),
                Task.Run(() => records.WriteAsync(board, Score(owner, 2), Never).AsTask()));

            Assert.Equal(await Store.FindAsync(board.Id, owner, 0, Never) is not null, Ranks.RankOf(board.Id, 0, owner) > 0);
        }
    }

    [Fact]
    public async Task Are_gone_with_a_leaderboard_that_is_written_to_while_it_is_deleted()
    {
        var definitions = Server.Services.GetRequiredService<LeaderboardDefinitions>();
        var records = Server.Services.GetRequiredService<LeaderboardRecords>();
        var id = Unique.Name("lb");
        for (var round = 0; round < 50; round++)
        {
            await definitions.CreateAsync(new LeaderboardRequest { Id = id, AreRanksEnabled = true }, Never);
            var board = await definitions.RequireAsync(id, Never);

            await Task.WhenAll(
                Task.Run(() => definitions.DeleteAsync(id, Never).AsTask()),
                Task.WhenAll(Enumerable.Range(0, 4).Select(score => Task.Run(() => TryWriteAsync(records, board, score)))));

            Assert.Equal(0, Ranks.CountOf(id, 0));
        }
    }

    private static RecordWrite Score(Guid owner, long score) => new(owner, "anna", score, 0, "", LeaderboardOperator.Set);

    private (Guid, long)? At(string id, long expiry, long rank) => Ranks.At(id, expiry, rank) is { } found ? (found.Owner, found.Score) : null;

    private static async Task WriteAsync(TournamentRecords records, string id, Guid owner)
    {
        try
        {
            await records.WriteAsync(id, Score(owner, 5), Operator.Set, isAuthoritative: true, Never);
        }
        catch (TournamentException)
        {
            // The record was gone already.
        }
    }

    private static async Task TryWriteAsync(LeaderboardRecords records, Nakama.Server.Leaderboards.Leaderboard board, long score)
    {
        try
        {
            await records.WriteAsync(board, Score(Guid.NewGuid(), score), Never);
        }
        catch (Npgsql.PostgresException)
        {
            // The leaderboard was gone already.
        }
    }
}
