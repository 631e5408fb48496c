using Nakama.Server.Database;

namespace Nakama.Tests.Database;

public sealed class PoolHistoryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_time_waited_is_that_of_all_who_waited_together()
    {
        var history = new PoolHistory(TimeSpan.Zero);

        history.Waiting(+1, 10 * Second);
        history.Waiting(+1, 12 * Second);
        history.Waiting(-1, 13 * Second);
        history.Observe(0, 14 * Second);
        history.Waiting(-1, 15 * Second);
        history.Observe(0, 20 * Second);

        Assert.Equal(2, history.WaitCount);
        Assert.Equal((2 + 2 + 1 + 1) * Second, history.WaitTime);
    }

    [Fact]
    public void A_connection_that_had_reached_its_lifetime_was_closed_for_its_age()
    {
        var history = new PoolHistory(10 * Second);
        history.Opened(0 * Second);
        history.Opened(8 * Second);
        history.Opened(9 * Second);

        history.Observe(1, 12 * Second);

        Assert.Equal(1, history.LifetimeClosedCount);
        Assert.Equal(1, history.IdleClosedCount);
    }

    [Fact]
    public void Without_a_lifetime_nothing_is_closed_for_its_age()
    {
        var history = new PoolHistory(TimeSpan.Zero);
        history.Opened(0 * Second);

        history.Observe(0, 1000 * Second);

        Assert.Equal(0, history.LifetimeClosedCount);
        Assert.Equal(1, history.IdleClosedCount);
    }
}
