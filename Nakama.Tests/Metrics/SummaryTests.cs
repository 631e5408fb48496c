using Nakama.Server.Metrics;

namespace Nakama.Tests.Metrics;

public sealed class SummaryTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.95, 950)]
    [InlineData(0.99, 990)]
    public void A_quantile_is_off_by_at_most_a_sixteenth(double share, double expectedMs)
    {
        var summary = new Summary();

        for (var ms = 1; ms <= 1000; ms++) summary.Record(TimeSpan.FromMilliseconds(ms));

        Assert.InRange(summary.Quantile(share)!.Value.TotalMilliseconds, expectedMs * 15 / 16, expectedMs * 17 / 16);
    }

    [Fact]
    public void Sum_and_count_keep_everything_while_quantiles_forget_the_window_before_the_last()
    {
        var summary = new Summary();
        summary.Record(TimeSpan.FromSeconds(10));

        summary.Rotate();
        summary.Rotate();
        summary.Record(TimeSpan.FromMilliseconds(1));

        Assert.Equal(2, summary.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(10_001), summary.Sum);
        Assert.InRange(summary.Quantile(0.99)!.Value.TotalMilliseconds, 0.9, 1.1);
    }

    [Fact]
    public void Nothing_recorded_has_no_quantile() => Assert.Null(new Summary().Quantile(0.5));

    [Fact]
    public void Durations_beyond_all_buckets_are_counted_in_the_last_one()
    {
        var summary = new Summary();

        summary.Record(TimeSpan.MaxValue);
        summary.Record(TimeSpan.FromTicks(-1));

        Assert.Equal(2, summary.Count);
    }
}
