using System.Net;
using Nakama.Server.Api;
using Nakama.Server.Config;
using Nakama.Server.Security;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Security;

public sealed class RateLimitTests
{
    private const int MaxPerSec = 10;

    private readonly TestTimeProvider _clock = new();

    [Fact]
    public void As_many_as_a_second_may_hold_come_at_one_moment_and_then_one_for_each_part_of_it()
    {
        var limit = new RateLimit(MaxPerSec, _clock);
        long sender = 0;

        Assert.Equal(MaxPerSec, Admitted(100, () => limit.Admits(ref sender)));
        _clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(0, Admitted(100, () => limit.Admits(ref sender)));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Admitted(100, () => limit.Admits(ref sender)));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(MaxPerSec, Admitted(100, () => limit.Admits(ref sender)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void Over_a_minute_no_more_come_than_the_limit_says(int maxPerSec)
    {
        var limit = new RateLimit(maxPerSec, _clock);
        long sender = 0;
        var admitted = 0L;

        for (var second = 0; second < 60; second++)
        {
            admitted += Admitted(maxPerSec > 1000 ? 2000 : 3000, () => limit.Admits(ref sender));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(60L * Math.Min(maxPerSec, 2000), admitted);
    }

    [Fact]
    public async Task Threads_together_get_no_more_than_one()
    {
        var limit = new KeyedRateLimit<int>(1000, _clock);

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Admitted(1000, () => limit.Admits(1)))));

        Assert.Equal(1000, counts.Sum());
    }

    [Fact]
    public void Senders_are_limited_each_for_itself()
    {
        var limit = new KeyedRateLimit<int>(MaxPerSec, _clock);

        Assert.Equal(MaxPerSec, Admitted(100, () => limit.Admits(1)));
        Assert.Equal(MaxPerSec, Admitted(100, () => limit.Admits(2)));
    }

    [Fact]
    public void A_limit_goes_on_when_the_table_begins_a_period()
    {
        var limit = new KeyedRateLimit<int>(MaxPerSec, _clock);
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(MaxPerSec, Admitted(100, () => limit.Admits(1)));

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(1, Admitted(100, () => limit.Admits(1)));
    }

    [Fact]
    public void A_flood_of_senders_takes_bounded_memory_and_frees_nobody_who_sends_meanwhile()
    {
        const int MaxKeys = 1000;
        var limit = new KeyedRateLimit<int>(MaxPerSec, _clock, MaxKeys);
        var admitted = 0;

        for (var other = 1; other <= 50 * MaxKeys; other++)
        {
            Assert.True(limit.Admits(other));
            if (other % (MaxKeys / 2) == 0) admitted += Admitted(5, () => limit.Admits(0));
        }

        Assert.InRange(limit.Count, 1, 2 * MaxKeys);
        Assert.Equal(MaxPerSec, admitted);
    }

    [Fact]
    public void Forgetting_a_sender_takes_as_many_others_as_there_are_places()
    {
        const int MaxKeys = 1000;
        var limit = new KeyedRateLimit<int>(MaxPerSec, _clock, MaxKeys);
        Assert.Equal(MaxPerSec, Admitted(100, () => limit.Admits(0)));

        for (var other = 1; other < MaxKeys; other++) limit.Admits(other);
        Assert.Equal(0, Admitted(100, () => limit.Admits(0)));

        for (var other = 1; other <= 2 * MaxKeys; other++) limit.Admits(-other);
        Assert.Equal(MaxPerSec, Admitted(100, () => limit.Admits(0)));
    }

    [Fact]
    public void Looking_at_known_senders_allocates_nothing()
    {
        const int Senders = 1000;
        var limit = new KeyedRateLimit<NetworkKey>(MaxPerSec, _clock);
        Look();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Look();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void Look()
        {
            for (var i = 0; i < 20 * Senders; i++) limit.Admits(new NetworkKey((ulong)(i % Senders)));
        }
    }

    [Theory]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("::", "0.0.0.0", false)]
    [InlineData("", "no address", true)]
    public void A_network_of_IPv6_is_one_sender_and_so_is_an_address_of_IPv4(string one, string other, bool isSame) =>
        Assert.Equal(isSame, NetworkKey.Of(one) == NetworkKey.Of(other));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1::/64")]
    public void A_network_is_shown_as_it_is_written(string address, string shown) =>
        Assert.Equal(shown, NetworkKey.Of(IPAddress.Parse(address)).ToString());

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1_000_000, true)]
    [InlineData(1_000_001, false)]
    public void A_limit_that_is_none_is_told_at_the_start(int limit, bool isGood)
    {
        var options = new NakamaOptions { Socket = new SocketOptions { MaxRequestsPerSecPerUser = limit, MaxMessagesPerSecPerConnection = limit } };

        var complaints = OptionsValidator.Validate(options).Select(complaint => complaint.Param).Where(param => param.Contains("_per_sec_", StringComparison.Ordinal));

        Assert.Equal(isGood ? [] : ["socket.max_requests_per_sec_per_user", "socket.max_messages_per_sec_per_connection"], complaints);
    }

    private static int Admitted(int attempts, Func<bool> admits)
    {
        var count = 0;
        for (var i = 0; i < attempts; i++)
        {
            if (admits()) count++;
        }

        return count;
    }
}
