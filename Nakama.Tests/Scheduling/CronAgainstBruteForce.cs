using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Scheduling;

namespace Nakama.Tests.Scheduling;

/// <summary>Random schedules against one that knows nothing but whether a second matches.</summary>
public sealed class CronAgainstBruteForce
{
    private const int DaysToLook = 500;

    private static readonly long Start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private static readonly Gen<Schedule> Schedules =
        from second in FieldOf(0, 59)
        from minute in FieldOf(0, 59)
        from hour in FieldOf(0, 23)
        from day in FieldOf(1, 31)
        from special in Gen.Elements("", "", "", "L", "LW", "15W", "1W", "31W")
        from month in FieldOf(1, 12)
        from weekday in FieldOf(0, 6)
        from nth in Gen.Elements("", "", "", "1#1", "5#5", "6L", "0#3")
        select new Schedule(second, minute, hour, day, special, month, weekday, nth);

    [Fact]
    public void Next_and_last_are_the_nearest_matching_seconds() =>
        Prop.ForAll(Schedules.ToArbitrary(), Gen.Choose(0, 400 * 86400).ToArbitrary(), (schedule, offset) =>
        {
            var time = Start + 2 * DaysToLook * 86400L + offset;
            Assert.True(CronExpression.TryParse(schedule.ToString(), out var cron), schedule.ToString());
            AssertNearest(schedule.First(time + 1), cron.Next(time), time + DaysToLook * 86400L, isNext: true);
            AssertNearest(schedule.Latest(time - 1), cron.Last(time), time - DaysToLook * 86400L, isNext: false);
            if (cron.Next(time) is not CronExpression.Never and var next)
            {
                // From a match the neighbours are other matches.
                Assert.True(cron.Next(next) == CronExpression.Never || cron.Last(cron.Next(next)) == next);
                Assert.True(cron.Last(next) <= time);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static void AssertNearest(long? expected, long actual, long edge, bool isNext)
    {
        if (expected is { } found) Assert.Equal(found, actual);
        else Assert.True(actual == CronExpression.Never || (isNext ? actual > edge - 86400 : actual < edge + 86400));
    }

    private static Gen<Field> FieldOf(int min, int max)
    {
        var value = Gen.Choose(min, max);
        var steps = Gen.Choose(1, max);
        var range = value.SelectMany(_ => value, (a, b) => (First: Math.Min(a, b), Last: Math.Max(a, b)));
        var entry = Gen.OneOf(
            value.Select(v => new Entry($"{v}", v, v, 1)),
            range.Select(r => new Entry($"{r.First}-{r.Last}", r.First, r.Last, 1)),
            steps.Select(step => new Entry($"*/{step}", min, max, step)),
            value.SelectMany(_ => steps, (v, step) => new Entry($"{v}/{step}", v, max, step)),
            range.SelectMany(_ => steps, (r, step) => new Entry($"{r.First}-{r.Last}/{step}", r.First, r.Last, step)));
        return Gen.OneOf(
            Gen.Constant(new Field([], "*")),
            Gen.Choose(1, 3).SelectMany(entry.ListOf).Select(entries => new Field([.. entries], string.Join(',', entries.Select(e => e.Text)))));
    }

    private sealed record Entry(string Text, int First, int Last, int Step)
    {
        public bool Has(int value) => value >= First && value <= Last && (value - First) % Step == 0;
    }

    private sealed record Field(Entry[] Entries, string Text)
    {
        public bool IsAll => Entries.Length == 0;

        public bool Has(int value) => IsAll || Entries.Any(entry => entry.Has(value));
    }

    private sealed record Schedule(Field Second, Field Minute, Field Hour, Field Day, string Special, Field Month, Field Weekday, string Nth)
    {
        private string DayText => Special.Length == 0 ? Day.Text : Day.IsAll ? Special : $"{Day.Text},{Special}";

        private string WeekdayText => Nth.Length == 0 ? Weekday.Text : Weekday.IsAll ? Nth : $"{Nth},{Weekday.Text}";

        public override string ToString() => $"{Second.Text} {Minute.Text} {Hour.Text} {DayText} {Month.Text} {WeekdayText} *";

        public long? First(long from)
        {
            for (var at = DateTime.UnixEpoch.AddSeconds(from); at < DateTime.UnixEpoch.AddSeconds(from).AddDays(DaysToLook); at = at.Date.AddDays(1))
            {
                if (!HasDay(at)) continue;
                for (var time = at; time.Date == at.Date; time = time.AddSeconds(1))
                    if (HasTime(time)) return (long)(time - DateTime.UnixEpoch).TotalSeconds;
            }

            return null;
        }

        public long? Latest(long to)
        {
            for (var at = DateTime.UnixEpoch.AddSeconds(to); at > DateTime.UnixEpoch.AddSeconds(to).AddDays(-DaysToLook); at = at.Date.AddSeconds(-1))
            {
                if (!HasDay(at)) continue;
                for (var time = at; time.Date == at.Date; time = time.AddSeconds(-1))
                    if (HasTime(time)) return (long)(time - DateTime.UnixEpoch).TotalSeconds;
            }

            return null;
        }

        private bool HasTime(DateTime at) => Hour.Has(at.Hour) && Minute.Has(at.Minute) && Second.Has(at.Second);

        private bool HasDay(DateTime at)
        {
            if (!Month.Has(at.Month)) return false;
            var (byDay, byWeekday) = (Special.Length > 0 || !Day.IsAll, Nth.Length > 0 || !Weekday.IsAll);
            if (!byDay && !byWeekday) return true;
            return (byDay && ((!Day.IsAll && Day.Has(at.Day)) || IsSpecial(at))) || (byWeekday && ((!Weekday.IsAll && Weekday.Has((int)at.DayOfWeek)) || IsNth(at)));
        }

        private bool IsSpecial(DateTime at)
        {
            var lastDay = DateTime.DaysInMonth(at.Year, at.Month);
            return Special switch
            {
                "" => false,
                "L" => at.Day == lastDay,
                "LW" => at.Day == Workday(at, lastDay),
                _ => int.Parse(Special[..^1], null) is var day && day <= lastDay && at.Day == Workday(at, day),
            };
        }

        private static int Workday(DateTime month, int day) => Enumerable.Range(1, DateTime.DaysInMonth(month.Year, month.Month))
            .Where(d => new DateTime(month.Year, month.Month, d).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .MinBy(d => Math.Abs(d - day));

        private bool IsNth(DateTime at) => Nth switch
        {
            "" => false,
            [var d, 'L'] => (int)at.DayOfWeek == d - '0' && at.AddDays(7).Month != at.Month,
            [var d, '#', var k] => (int)at.DayOfWeek == d - '0' && (at.Day - 1) / 7 == k - '1',
            _ => throw new InvalidOperationException(Nth),
        };
    }
}
