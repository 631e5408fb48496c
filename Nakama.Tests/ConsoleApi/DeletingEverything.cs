using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Leaderboards;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class DeletingEverything
{
    [Fact]
    public async Task Nothing_of_the_deleted_data_stays_in_memory_and_players_may_begin_anew()
    {
        await using var server = await TestServer.StartAsync();
        var definitions = server.Services.GetRequiredService<LeaderboardDefinitions>();
        var player = await server.AuthenticateAsync();
        await definitions.CreateAsync(new LeaderboardRequest { Id = "board" }, CancellationToken.None);
        var board = (await definitions.FindAsync("board", CancellationToken.None))!;
        await server.Services.GetRequiredService<LeaderboardRecords>().WriteAsync(
            board, new RecordWrite(player.UserId, player.Username, 5, 0, "", LeaderboardOperator.Best), CancellationToken.None);
        using var admin = ConsoleCaller.Basic(server, "admin", "password");

        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync("/v2/console/all")).Status);

        Assert.Null(await definitions.FindAsync("board", CancellationToken.None));
        Assert.True(await definitions.CreateAsync(new LeaderboardRequest { Id = "board" }, CancellationToken.None));
        Assert.Equal("0", (await admin.GetAsync("/v2/console/leaderboard/board/records?limit=5")).Body.GetProperty("rank_count").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/v2/console/account/{player.UserId}")).Status);
        Assert.NotEqual(player.UserId, (await server.AuthenticateAsync()).UserId);
    }
}
