using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Presence;

public sealed class TrackingPresences
{
    [Fact]
    public async Task The_joiner_hears_of_its_own_join_and_so_do_those_who_were_there()
    {
        using var house = new TrackerFixture();
        var (stream, anna, ben) = (TrackerFixture.NewStream(), house.Open("anna"), house.Open("ben"));
        house.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);
        await house.Tracker.SettledAsync();

        house.Tracker.Track(ben, stream, TrackerFixture.Visible, out var isNew);
        await house.Tracker.SettledAsync();

        Assert.True(isNew);
        Assert.Equal(["anna"], Joins(anna.Received[0]));
        Assert.Equal(["ben"], Joins(anna.Received[1]));
        Assert.Equal(["ben"], Joins(Assert.Single(ben.Received)));
    }

    [Fact]
    public async Task The_leaver_does_not_hear_of_its_leave()
    {
        using var house = new TrackerFixture();
        var (stream, anna, ben) = (TrackerFixture.NewStream(), house.Open("anna"), house.Open("ben"));
        house.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);
        house.Tracker.Track(ben, stream, TrackerFixture.Visible, out _);
        await house.Tracker.SettledAsync();
        var (annas, bens) = (anna.Received.Count, ben.Received.Count);

        Assert.True(house.Tracker.Untrack(ben, stream));
        Assert.False(house.Tracker.Untrack(ben, stream));
        await house.Tracker.SettledAsync();

        Assert.Equal(["ben"], Leaves(Assert.Single(anna.Received.Skip(annas))));
        Assert.Equal(bens, ben.Received.Count);
    }

    [Fact]
    public async Task Joining_again_changes_nothing()
    {
        using var house = new TrackerFixture();
        var (stream, anna) = (TrackerFixture.NewStream(), house.Open());
        house.Tracker.Track(anna, stream, TrackerFixture.Hidden, out _);

        Assert.True(house.Tracker.Track(anna, stream, TrackerFixture.Visible, out var isNew));
        await house.Tracker.SettledAsync();

        Assert.False(isNew);
        Assert.True(house.Tracker.Find(anna, stream)!.Meta.Hidden);
        Assert.Empty(anna.Received);
        Assert.Equal(1, house.Tracker.Count);
    }

    [Fact]
    public async Task A_hidden_presence_hears_everything_and_is_never_announced()
    {
        using var house = new TrackerFixture();
        var (stream, anna, ghost) = (TrackerFixture.NewStream(), house.Open("anna"), house.Open("ghost"));
        house.Tracker.Track(ghost, stream, TrackerFixture.Hidden, out _);
        house.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);
        await house.Tracker.SettledAsync();

        Assert.Equal(["anna"], Joins(Assert.Single(ghost.Received)));
        Assert.Equal(["anna"], Joins(Assert.Single(anna.Received)));
        Assert.Equal(2, house.Tracker.CountIn(stream));
    }

    [Fact]
    public async Task An_update_tells_the_new_and_the_old_presence_in_one_message()
    {
        using var house = new TrackerFixture();
        var anna = house.Open();
        var stream = new StreamId(StreamMode.Status, anna.UserId);
        house.Tracker.Update(anna, stream, new PresenceMeta(false, false, "one"));
        await house.Tracker.SettledAsync();

        house.Tracker.Update(anna, stream, new PresenceMeta(false, false, "two"));
        await house.Tracker.SettledAsync();

        Assert.Empty(anna.Received[0].StatusPresenceEvent.Leaves);
        var change = anna.Received[1].StatusPresenceEvent;
        Assert.Equal(("two", "one"), (change.Joins.Single().Status, change.Leaves.Single().Status));
    }

    [Theory]
    [InlineData(true, false, 1, 0)]
    [InlineData(false, true, 0, 1)]
    [InlineData(true, true, 0, 0)]
    public async Task An_update_tells_only_what_is_visible(bool wasHidden, bool isHidden, int joins, int leaves)
    {
        using var house = new TrackerFixture();
        var (stream, anna) = (TrackerFixture.NewStream(), house.Open());
        house.Tracker.Track(anna, stream, new PresenceMeta(wasHidden, true, ""), out _);
        await house.Tracker.SettledAsync();
        var before = anna.Received.Count;

        house.Tracker.Update(anna, stream, new PresenceMeta(isHidden, true, ""));
        await house.Tracker.SettledAsync();

        var told = anna.Received.Skip(before).ToArray();
        Assert.Equal(joins, told.Sum(envelope => envelope.StreamPresenceEvent.Joins.Count));
        Assert.Equal(leaves, told.Sum(envelope => envelope.StreamPresenceEvent.Leaves.Count));
    }

    [Fact]
    public async Task A_closing_session_leaves_all_its_streams_and_cannot_join_any_more()
    {
        using var house = new TrackerFixture();
        var (one, two, anna, ben) = (TrackerFixture.NewStream(), TrackerFixture.NewStream(), house.Open("anna"), house.Open("ben"));
        foreach (var stream in (StreamId[])[one, two])
        {
            house.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);
            house.Tracker.Track(ben, stream, TrackerFixture.Visible, out _);
        }
        await house.Tracker.SettledAsync();
        var before = anna.Received.Count;

        ben.Close(SessionClose.ServerSide);

        Assert.False(house.Tracker.Track(ben, one, TrackerFixture.Visible, out _));
        Assert.False(house.Tracker.Update(ben, one, TrackerFixture.Visible));
        Assert.False(house.Tracker.TrackMany(ben, [(one, TrackerFixture.Visible)]));
        await house.Tracker.SettledAsync();
        Assert.Equal(2, house.Tracker.Count);
        Assert.Equal(2, anna.Received.Skip(before).Count(envelope => Leaves(envelope) is ["ben"]));
    }

    [Fact]
    public void No_presence_survives_a_close_that_races_with_joins()
    {
        using var house = new TrackerFixture();
        for (var round = 0; round < 200; round++)
        {
            var session = house.Open();
            Parallel.Invoke(
                () => session.Close(SessionClose.ServerSide),
                () =>
                {
                    for (var i = 0; i < 20; i++) house.Tracker.Track(session, TrackerFixture.NewStream(), TrackerFixture.Visible, out _);
                });
        }

        Assert.Equal(0, house.Tracker.Count);
        Assert.Equal(0, house.Sessions.Count);
    }

    [Fact]
    public async Task Removing_a_whole_stream_tells_nobody()
    {
        using var house = new TrackerFixture();
        var (stream, anna) = (TrackerFixture.NewStream(), house.Open());
        house.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);
        await house.Tracker.SettledAsync();
        var before = anna.Received.Count;

        house.Tracker.UntrackStream(stream);
        await house.Tracker.SettledAsync();

        Assert.False(house.Tracker.Exists(stream));
        Assert.Null(house.Tracker.Find(anna, stream));
        Assert.Equal(before, anna.Received.Count);
        house.Tracker.Track(anna, stream, TrackerFixture.Visible, out var isNew);
        Assert.True(isNew);
    }

    [Fact]
    public void Evicting_from_two_modes_spares_one_stream_and_other_modes()
    {
        using var house = new TrackerFixture();
        var anna = house.Open();
        var (kept, left, alsoLeft, other) = (TrackerFixture.NewStream(5), TrackerFixture.NewStream(5), TrackerFixture.NewStream(6), TrackerFixture.NewStream(7));
        foreach (var stream in (StreamId[])[kept, left, alsoLeft, other]) house.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);

        house.Tracker.UntrackByModes(anna, StreamMode.RelayedMatch, StreamMode.AuthoritativeMatch, kept);

        Assert.Equal([kept, other], house.Tracker.ListOf(anna).Select(presence => presence.Stream).OrderBy(stream => stream.Mode));
    }

    [Fact]
    public void Only_a_visible_status_makes_a_user_online()
    {
        using var house = new TrackerFixture();
        var anna = house.Open();
        var status = new StreamId(StreamMode.Status, anna.UserId);

        house.Tracker.Track(anna, new StreamId(StreamMode.Notifications, anna.UserId), TrackerFixture.Hidden, out _);
        Assert.False(house.Tracker.IsOnline(anna.UserId));
        house.Tracker.Update(anna, status, TrackerFixture.Visible);
        Assert.True(house.Tracker.IsOnline(anna.UserId));
        house.Tracker.Update(anna, status, TrackerFixture.Hidden);
        Assert.False(house.Tracker.IsOnline(anna.UserId));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public void A_stream_lists_exactly_who_is_there_at_any_size(int size)
    {
        using var house = new TrackerFixture();
        var stream = TrackerFixture.NewStream();
        var sessions = Enumerable.Range(0, size).Select(_ => house.Open()).ToArray();
        var random = new Random(size);
        var there = new HashSet<Guid>();

        for (var i = 0; i < size * 20; i++)
        {
            var session = sessions[random.Next(size)];
            if (there.Remove(session.Id)) house.Tracker.Untrack(session, stream);
            else if (there.Add(session.Id)) house.Tracker.Track(session, stream, TrackerFixture.Visible, out _);
            Assert.Equal(there.Count, house.Tracker.CountIn(stream));
            Assert.Equal(there.Order(), house.Tracker.List(stream).Select(presence => presence.SessionId).Order());
        }
    }

    [Fact]
    public async Task Joins_and_leaves_of_a_stream_are_told_in_the_order_they_happened()
    {
        using var house = new TrackerFixture();
        var (stream, watcher) = (TrackerFixture.NewStream(), house.Open("watcher"));
        house.Tracker.Track(watcher, stream, TrackerFixture.Hidden, out _);
        var sessions = Enumerable.Range(0, 50).Select(i => house.Open($"u{i}")).ToArray();

        Parallel.ForEach(sessions, session =>
        {
            for (var i = 0; i < 20; i++)
            {
                house.Tracker.Track(session, stream, TrackerFixture.Visible, out _);
                house.Tracker.Untrack(session, stream);
            }
        });
        await house.Tracker.SettledAsync();

        var there = new Dictionary<string, int>();
        foreach (var told in watcher.Received.Select(envelope => envelope.StreamPresenceEvent))
        {
            foreach (var join in told.Joins) Assert.Equal(1, there[join.SessionId] = there.GetValueOrDefault(join.SessionId) + 1);
            foreach (var leave in told.Leaves) Assert.Equal(0, there[leave.SessionId] = there.GetValueOrDefault(leave.SessionId) - 1);
        }
        Assert.Equal(50, there.Count);
        Assert.Equal(1000, watcher.Received.Sum(envelope => envelope.StreamPresenceEvent.Joins.Count));
    }

    [Fact]
    public async Task A_full_queue_loses_nothing_and_says_when_it_has_caught_up()
    {
        using var house = new TrackerFixture(queueSize: 1, new SlowListener());
        var (stream, watcher) = (TrackerFixture.NewStream(SlowListener.ItsMode), house.Open("watcher"));
        house.Tracker.Track(watcher, stream, TrackerFixture.Hidden, out _);

        for (var i = 0; i < 500; i++) house.Tracker.Update(watcher, stream, TrackerFixture.Visible);
        await house.Tracker.RelievedAsync(CancellationToken.None);
        await house.Tracker.SettledAsync();

        Assert.False(house.Tracker.IsCongested);
        Assert.Equal(500, watcher.Received.Count);
    }

    [Theory]
    [InlineData(StreamMode.Room, Envelope.MessageOneofCase.ChannelPresenceEvent)]
    [InlineData(StreamMode.Group, Envelope.MessageOneofCase.ChannelPresenceEvent)]
    [InlineData(StreamMode.DirectMessage, Envelope.MessageOneofCase.ChannelPresenceEvent)]
    [InlineData(StreamMode.RelayedMatch, Envelope.MessageOneofCase.MatchPresenceEvent)]
    [InlineData(StreamMode.AuthoritativeMatch, Envelope.MessageOneofCase.MatchPresenceEvent)]
    [InlineData(StreamMode.Party, Envelope.MessageOneofCase.PartyPresenceEvent)]
    [InlineData(200, Envelope.MessageOneofCase.StreamPresenceEvent)]
    public async Task The_kind_of_event_follows_from_the_mode_of_the_stream(byte mode, Envelope.MessageOneofCase kind)
    {
        using var house = new TrackerFixture();
        var anna = house.Open();

        house.Tracker.Track(anna, TrackerFixture.NewStream(mode), TrackerFixture.Visible, out _);
        await house.Tracker.SettledAsync();

        Assert.Equal(kind, Assert.Single(anna.Received).MessageCase);
    }

    [Fact]
    public async Task A_listener_that_replaces_the_event_sends_it_itself()
    {
        var listener = new ReplacingListener();
        using var house = new TrackerFixture(listener);
        var anna = house.Open();
        var stream = new StreamId(StreamMode.Status, anna.UserId);

        house.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);
        await house.Tracker.SettledAsync();

        Assert.Empty(anna.Received);
        Assert.Equal([(stream, 1, 0, PresenceReason.Join)], listener.Heard);
    }

    private static string[] Joins(Envelope envelope) => [.. envelope.StreamPresenceEvent.Joins.Select(presence => presence.Username)];

    private static string[] Leaves(Envelope envelope) => [.. envelope.StreamPresenceEvent.Leaves.Select(presence => presence.Username)];

    private sealed class ReplacingListener : IPresenceListener
    {
        public List<(StreamId, int, int, PresenceReason)> Heard { get; } = [];

        public byte Mode => StreamMode.Status;

        public bool ReplacesEvent => true;

        public void OnPresenceEvent(StreamId stream, IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason) =>
            Heard.Add((stream, joins.Count, leaves.Count, reason));
    }

    private sealed class SlowListener : IPresenceListener
    {
        public const byte ItsMode = 99;

        public byte Mode => ItsMode;

        public bool ReplacesEvent => false;

        public void OnPresenceEvent(StreamId stream, IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason) =>
            Thread.SpinWait(1000);
    }
}
