using Nakama.Server.Scheduling;

namespace Nakama.Tests.Scheduling;

/// <summary>Expressions that are to keep the reader or the search busy.</summary>
public sealed class HostileSchedules
{
    private const int Times = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("0 0 31 2 *")]
    [InlineData("0 0 30 feb *")]
    [InlineData("59 59 23 31 4,6,9,11 * *")]
    [InlineData("0 0 31 2 * 1970-2099")]
    [InlineData("0 0 29 2 * 2001,2002,2003,2100/4")]
    public async Task A_date_that_never_comes_is_no_time_however_often_it_is_asked_for(string text)
    {
        if (!CronExpression.TryParse(text, out var schedule)) return;

        await RunAsync(() =>
        {
            Assert.Equal(CronExpression.Never, schedule.Next(0));
            Assert.Equal(CronExpression.Never, schedule.Last(4102444799));
            Assert.Equal(CronExpression.Never, schedule.Last(long.MaxValue));
            Assert.Equal(CronExpression.Never, schedule.Next(long.MinValue));
        });
    }

    [Fact]
    public async Task Lists_as_long_as_a_text_may_be_are_read()
    {
        string[] texts =
        [
            string.Join(',', Enumerable.Repeat("0-59", 800)) + " * * * *",
            "0 0 * * " + string.Join(',', Enumerable.Repeat("1#5", 1000)),
            "0 0 " + string.Join(',', Enumerable.Repeat("31w", 1000)) + " * *",
            "0 0 * * * " + string.Join(',', Enumerable.Repeat("1970-2099", 400)),
            string.Concat(Enumerable.Repeat("@hourly", 580)),
            string.Join(' ', Enumerable.Repeat("*", 2000)),
        ];

        await RunAsync(() =>
        {
            foreach (var text in texts)
            {
                if (!CronExpression.TryParse(text, out var schedule)) continue;
                schedule.Next(1767607200);
                schedule.Last(1767607200);
            }
        }, times: 100);
        Assert.All(texts[..4], text => Assert.True(CronExpression.TryParse(text, out _)));
    }

    [Theory]
    [InlineData(4096 - 8, true)]
    [InlineData(4097, false)]
    [InlineData(10_000_000, false)]
    public void A_longer_text_is_no_schedule(int length, bool isRead) =>
        Assert.Equal(isRead, CronExpression.TryParse("0 0 * * *" + new string(' ', length - 9), out _));

    [Theory]
    [InlineData("0 0 99999999999999999999 * *")]
    [InlineData("0 0 1-99999 * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("*/99999 * * * *")]
    [InlineData("0 0 * * 1#99999")]
    [InlineData("0 0 -1 * *")]
    [InlineData("0 0 w * *")]
    [InlineData("0 0 * * l#")]
    [InlineData(",,,, ,,,, ,,,, ,,,, ,,,,")]
    [InlineData("\0 \0 \0 \0 \0")]
    public void Numbers_beyond_a_field_are_no_schedule(string text) => Assert.False(CronExpression.TryParse(text, out _));

    private static Task RunAsync(Action action, int times = Times) => Task.Run(() =>
    {
        for (var i = 0; i < times; i++) action();
    }).WaitAsync(Patience);
}
