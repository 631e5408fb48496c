using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Scheduling;

namespace Nakama.Tests.Scheduling;

/// <summary>Which texts are schedules, and when they come.</summary>
public sealed class CronReadingTests
{
    private const long Monday = 1767607200; // 2026-01-05 10:00:00

    [Theory]
    [InlineData("0 0 1 * 1", "2026-01-12 00:00:00", "2026-01-05 00:00:00")]
    [InlineData("0 0 */2 * 1", "2026-01-07 00:00:00", "2026-01-05 00:00:00")]
    [InlineData("0 0 29 2 *", "2028-02-29 00:00:00", "2024-02-29 00:00:00")]
    [InlineData("0 0 * * 1#5", "2026-03-30 00:00:00", "2025-12-29 00:00:00")]
    [InlineData("0 0 1W * *", "2026-02-02 00:00:00", "2026-01-01 00:00:00")]
    [InlineData("0 0 31W * *", "2026-01-30 00:00:00", "2025-12-31 00:00:00")]
    [InlineData("0 0 * * 6,7", "2026-01-10 00:00:00", "2026-01-04 00:00:00")]
    [InlineData("0 0 L * *", "2026-01-31 00:00:00", "2025-12-31 00:00:00")]
    [InlineData("0 0 LW * *", "2026-01-30 00:00:00", "2025-12-31 00:00:00")]
    [InlineData("0 0 * * fril", "2026-01-30 00:00:00", "2025-12-26 00:00:00")]
    [InlineData("0 10 * * *", "2026-01-06 10:00:00", "2026-01-04 10:00:00")]
    [InlineData("*/20 * * * * * *", "2026-01-05 10:00:20", "2026-01-05 09:59:40")]
    [InlineData("0 0 1 1 * 2030", "2030-01-01 00:00:00", "never")]
    [InlineData("0 0 1 1 * 2020", "never", "2020-01-01 00:00:00")]
    [InlineData("5 0 0 1 1 * 2030 extra fields", "2030-01-01 00:00:05", "never")]
    [InlineData("@hourly", "2026-01-05 11:00:00", "2026-01-05 09:00:00")]
    [InlineData("@weekly", "2026-01-11 00:00:00", "2026-01-04 00:00:00")]
    [InlineData("@monthly", "2026-02-01 00:00:00", "2026-01-01 00:00:00")]
    [InlineData("@yearly", "2027-01-01 00:00:00", "2026-01-01 00:00:00")]
    [InlineData("0 0 31 2 *", "never", "never")]
    [InlineData("0 0 * 05 *", "2026-12-01 00:00:00", "2025-12-31 00:00:00")]
    [InlineData("0 0 * * 05", "2026-01-11 00:00:00", "2026-01-04 00:00:00")]
    [InlineData("0 0 * Feb-APRIL ?", "2026-02-01 00:00:00", "2025-04-30 00:00:00")]
    [InlineData("0 22/1 1,? * *", "2026-01-05 22:00:00", "2026-01-04 23:00:00")]
    [InlineData("* * * * *,anything", "2026-01-05 10:01:00", "2026-01-05 09:59:00", false)]
    [InlineData("*,anything * * * *", "2026-01-05 10:01:00", "2026-01-05 09:59:00")]
    public void A_schedule_has_a_next_and_a_last_time(string text, string next, string last, bool isValid = true)
    {
        Assert.Equal(isValid, CronExpression.TryParse(text, out var cron));
        if (!isValid) return;

        Assert.Equal((next, last), (Show(cron!.Next(Monday)), Show(cron.Last(Monday))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("@midnight")]
    [InlineData("@every 5m")]
    [InlineData("@DAILY")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * 32 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * 00 *")]
    [InlineData("* * * * 8")]
    [InlineData("* * * * 5#6")]
    [InlineData("* * * * 5#0")]
    [InlineData("* * * * *#1")]
    [InlineData("* * * * L")]
    [InlineData("* * * * 1W")]
    [InlineData("* * W * *")]
    [InlineData("* * L5 * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("*/60 * * * *")]
    [InlineData("* */24 * * *")]
    [InlineData("* * * * */7")]
    [InlineData("*/ * * * *")]
    [InlineData("*/-1 * * * *")]
    [InlineData("?/2 * * * *")]
    [InlineData("1- * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("+1 * * * *")]
    [InlineData("1.5 * * * *")]
    [InlineData("001 * * * *")]
    [InlineData(", * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("0 0 * * 5-7")]
    [InlineData("* * * 1-05 *")]
    [InlineData("* * * * * 1969")]
    [InlineData("* * * * * 2100")]
    [InlineData("* * * * * 26")]
    [InlineData("30 0 0 * * *")]
    [InlineData("60 * * * * * *")]
    public void What_is_no_schedule_is_refused(string text) => Assert.False(CronExpression.TryParse(text, out _));

    [Fact]
    public void No_text_makes_the_reader_fail_in_another_way_than_by_saying_no()
    {
        var alphabet = Gen.Elements("* ? , - / # 0 1 7 05 59 60 2026 L W LW l jan sun @daily @hourly x é".Split(' '));
        var texts = Gen.Elements(" ", "").SelectMany(_ => alphabet).ListOf(14)
            .SelectMany(parts => Gen.Elements(" ", "", " ").ListOf(parts.Count), (parts, gaps) => string.Concat(parts.Zip(gaps, (part, gap) => part + gap)));
        Prop.ForAll(texts.ToArbitrary(), ArbMap.Default.ArbFor<long>(), (text, time) =>
        {
            if (!CronExpression.TryParse(text, out var cron)) return true;
            var (next, last) = (cron.Next(time), cron.Last(time));
            return (next == CronExpression.Never || next > time) && (last == CronExpression.Never || last < time);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Never_stays_never_and_no_time_is_too_far()
    {
        Assert.True(CronExpression.TryParse("* * * * *", out var cron));

        Assert.Equal((CronExpression.Never, CronExpression.Never), (cron.Next(CronExpression.Never), cron.Last(CronExpression.Never)));
        Assert.Equal((0, CronExpression.Never), (cron.Next(long.MinValue), cron.Last(long.MinValue)));
        Assert.Equal((CronExpression.Never, "2099-12-31 23:59:00"), (cron.Next(long.MaxValue), Show(cron.Last(long.MaxValue))));
    }

    private static string Show(long time) => time == CronExpression.Never
        ? "never"
        : DateTime.UnixEpoch.AddSeconds(time).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
