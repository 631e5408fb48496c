using System.Globalization;
using Nakama.Server.Leaderboards;
using Nakama.Server.Scheduling;

namespace Nakama.Tests.Tournaments;

/// <summary>When a round is open and when it gives way to the next.</summary>
public sealed class PeriodTests
{
    [Theory]
    [InlineData("0 0 * * *", "2026-01-05 10:00", "", 3600, "2026-01-05 10:00", "2026-01-06 00:00", "2026-01-06 01:00", "2026-01-07 00:00")]
    [InlineData("0 0 * * *", "2026-01-05 00:30", "", 3600, "2026-01-05 00:40", "2026-01-05 00:30", "2026-01-05 01:00", "2026-01-06 00:00")]
    [InlineData("0 0 * * *", "2026-01-05 10:00", "", 3600, "2026-01-06 02:00", "2026-01-06 00:00", "2026-01-06 01:00", "2026-01-07 00:00")]
    [InlineData("0 0 * * *", "2026-01-05 10:00", "", 172800, "2026-01-05 11:00", "2026-01-05 10:00", "2026-01-06 00:00", "2026-01-06 00:00")]
    [InlineData("0 0 * * *", "2026-01-10 00:00", "", 3600, "2026-01-05 00:00", "2026-01-11 00:00", "2026-01-11 01:00", "2026-01-12 00:00")]
    [InlineData("0 0 * * *", "2026-01-10 00:00", "", 3600, "2026-01-10 00:00", "2026-01-10 00:00", "2026-01-10 01:00", "2026-01-11 00:00")]
    [InlineData("0 0 * * *", "2026-01-05 00:00", "2026-01-07 12:00", 86400, "2026-01-07 11:00", "2026-01-07 00:00", "2026-01-07 12:00", "2026-01-07 12:00")]
    [InlineData("0 0 * * *", "2026-01-05 00:00", "2026-01-07 12:00", 3600, "2026-01-07 13:00", "2026-01-07 00:00", "2026-01-07 01:00", "2026-01-07 12:00")]
    [InlineData("", "2026-01-05 00:00", "", 3600, "2026-01-09 00:00", "2026-01-05 00:00", "2026-01-05 01:00", "")]
    [InlineData("", "2026-01-05 00:00", "2026-01-05 00:30", 3600, "2026-01-05 00:10", "2026-01-05 00:00", "2026-01-05 00:30", "2026-01-05 00:30")]
    [InlineData("0 9 */14 * *", "2023-08-15 09:00", "", 1202400, "2023-08-21 11:00", "2023-08-15 09:00", "2023-08-29 07:00", "2023-08-29 09:00")]
    [InlineData("0 9 14 * *", "2023-09-01 09:00", "", 2419200, "2023-08-14 09:00", "2023-09-14 09:00", "2023-10-12 09:00", "2023-10-14 09:00")]
    [InlineData("0 9 14 * *", "2023-09-01 09:00", "", 2419200, "2023-09-02 09:00", "2023-09-01 09:00", "2023-09-11 09:00", "2023-09-14 09:00")]
    public void A_moment_belongs_to_a_round(
        string schedule, string start, string end, int duration, string now, string startActive, string endActive, string expiry)
    {
        var cron = CronExpression.TryParse(schedule, out var parsed) ? parsed : null;
        var tournament = new Leaderboard { Id = "t", ResetSchedule = cron, StartTime = Time(start), EndTime = Time(end), Duration = duration };

        var period = TournamentPeriod.At(tournament, Time(now));

        Assert.Equal((Time(startActive), Time(endActive), Time(expiry)), (period.StartActive, period.EndActive, period.Expiry));
    }

    [Fact]
    public void A_schedule_that_has_run_out_leaves_a_last_period_of_a_leaderboard_and_no_round_of_a_tournament()
    {
        Assert.True(CronExpression.TryParse("0 0 1 1 * 2020", out var cron));
        var board = new Leaderboard { Id = "b", ResetSchedule = cron };
        var now = Time("2026-01-01 00:00");

        Assert.Equal(Time("2020-01-01 00:00"), board.ExpiryAt(Time("2019-06-01 00:00")));
        Assert.Equal(0, board.ExpiryAt(now));
        Assert.True(TournamentPeriod.At(board with { Duration = 60, StartTime = Time("2019-01-01 00:00") }, now).EndActive < now);
    }

    private static long Time(string text) => text.Length == 0 ? 0 : new DateTimeOffset(
        DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeSeconds();
}
