using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Leaderboards;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>PostgreSQL is unavailable when a leaderboard resets.</summary>
public sealed class ResetsWithoutDatabase
{
    private static readonly DateTimeOffset Midnight = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_reset_is_told_when_the_database_is_back()
    {
        var clock = new TestTimeProvider(Midnight);
        await using var postgres = await PostgresServer.StartAsync();
        await Postgres.MigrateAsync(postgres.ConnectionString("postgres"));
        await using var server = await TestServer.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock), address: postgres.Address("postgres"));
        var heard = System.Threading.Channels.Channel.CreateUnbounded<(string Id, long At)>();
        server.Services.GetRequiredService<LeaderboardCallbacks>().LeaderboardReset =
            (board, reset, token) => heard.Writer.WriteAsync((board.Id, reset), token);
        var id = await server.CreateBoardAsync(draft => draft with { ResetSchedule = "0 * * * *" });

        await postgres.KillAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!server.Log.Lines.Any(line => line.Text.Contains(id, StringComparison.Ordinal) && line.Text.Contains("waits for the database", StringComparison.Ordinal)))
        {
            if (clock.GetUtcNow() < Midnight.AddMinutes(61)) clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(10, patience.Token);
        }

        await postgres.RestartAsync();
        Assert.Equal((id, Midnight.AddHours(1).ToUnixTimeSeconds()), await heard.Reader.ReadAsync(patience.Token));
    }
}
