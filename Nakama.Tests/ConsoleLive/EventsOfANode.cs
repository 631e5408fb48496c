using Nakama.Server.ConsoleApi.Live;

namespace Nakama.Tests.ConsoleLive;

public sealed class EventsOfANode
{
    private readonly LiveEventFeed _feed = new(TimeProvider.System);

    [Fact]
    public void Many_of_one_kind_displace_no_other()
    {
        _feed.Add("node", "left");
        for (var i = 0; i < 2 * LiveEventFeed.MaxEvents; i++) _feed.Add("session", $"{i}");
        _feed.Add("job", "failed");

        var events = _feed.Snapshot();

        Assert.Equal(LiveEventFeed.MaxEvents + 2, events.Length);
        Assert.Equal(("left", "failed"), (events[0].Name, events[^1].Name));
        Assert.Equal($"{LiveEventFeed.MaxEvents}", events[1].Name);
    }
}
