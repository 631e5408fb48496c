using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Database;
using Nakama.Server.Leaderboards;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Tournaments;

/// <summary>Which of several nodes on one database does what an end or a reset asks for.</summary>
public sealed class ResetClaimsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    private NpgsqlDataSource Database => _server.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task Of_many_nodes_one_takes_an_instant()
    {
        var id = await _server.CreateBoardAsync();
        for (var at = 1000; at < 1020; at++)
        {
            var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAsync(new(), id, at)));
            Assert.Single(taken, true);
        }
    }

    [Fact]
    public async Task A_node_that_did_not_learn_that_it_took_an_instant_takes_it_again()
    {
        var id = await _server.CreateBoardAsync();
        var (mine, other) = (new ResetClaims(), new ResetClaims());
        Assert.True(await TakeAsync(mine, id, 1000));
        Assert.False(await TakeAsync(other, id, 1000));
        Assert.True(await TakeAsync(mine, id, 1000));
    }

    [Fact]
    public async Task A_node_that_is_late_takes_nothing_and_another_leaderboard_is_another_matter()
    {
        var (id, second) = (await _server.CreateBoardAsync(), await _server.CreateBoardAsync());
        Assert.True(await TakeAsync(new(), id, 1000));
        Assert.True(await TakeAsync(new(), id, 1001));
        Assert.False(await TakeAsync(new(), id, 1000));
        Assert.True(await TakeAsync(new(), second, 1000));
    }

    [Fact]
    public async Task Nothing_is_taken_of_what_was_deleted_and_no_row_is_left_of_it()
    {
        var definitions = _server.Services.GetRequiredService<LeaderboardDefinitions>();
        var id = await _server.CreateBoardAsync();
        var before = await RowsAsync();
        Assert.True(await TakeAsync(new(), id, 1000));
        Assert.Equal(before.Count + 1, (await RowsAsync()).Count);

        await definitions.DeleteAsync(id, CancellationToken.None);
        Assert.False(await TakeAsync(new(), id, 2000));
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task These_notes_are_no_settings()
    {
        Assert.True(await TakeAsync(new(), await _server.CreateBoardAsync(), 1000));
        var (caller, _) = await ConsoleCaller.CreateAsync(_server, """{"admin": true}""");
        using var admin = caller;

        var settings = (await admin.GetAsync("/v2/console/setting")).Body.GetProperty("settings");
        Assert.Equal("utc_toggle", Assert.Single(settings.EnumerateArray()).GetProperty("name").GetString());
        foreach (var name in (await RowsAsync()).Where(name => name != "utc_toggle"))
            Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/v2/console/setting/{Uri.EscapeDataString(name)}")).Status);
    }

    private async Task<bool> TakeAsync(ResetClaims claims, string id, long at) =>
        await Database.InTransactionAsync((connection, token) => claims.TakeAsync(connection, id, at, token), CancellationToken.None);

    private async Task<List<string>> RowsAsync()
    {
        await using var command = Database.CreateCommand("SELECT name FROM setting ORDER BY name");
        await using var row = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await row.ReadAsync()) names.Add(row.GetString(0));
        return names;
    }
}
