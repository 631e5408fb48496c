using Nakama.Server.Matches;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>How matches begin, and how they end.</summary>
public sealed class MatchBeginnings : IDisposable
{
    private readonly LiveHouse _house = new();

    private MatchRegistry Registry => _house.Get<MatchRegistry>();

    [Fact]
    public async Task A_match_gets_what_its_creator_passes_and_is_found_at_once()
    {
        var match = await Registry.BeginAsync(new TestMatch("room", tickRate: 30), new() { ["mode"] = "ranked", ["size"] = 4L });

        Assert.Equal(("ranked", 4L), (match.Parameters!["mode"], match.Parameters["size"]));
        Assert.Equal(("room", 30, "house"), (match.Context.Label, match.Context.TickRate, match.Context.Node));
        Assert.EndsWith(".house", match.Id, StringComparison.Ordinal);
        Assert.Equal(1, Registry.Count);
    }

    [Fact]
    public async Task A_handler_that_nobody_has_is_not_found()
    {
        var error = await Assert.ThrowsAsync<MatchException>(async () => await Registry.CreateAsync("nobody", [], CancellationToken.None));

        Assert.Equal("error creating match: not found", error.Message);
    }

    [Theory]
    [InlineData(0, 0, "match init returned invalid tick rate, must be between 1 and 60")]
    [InlineData(61, 0, "match init returned invalid tick rate, must be between 1 and 60")]
    [InlineData(10, 2049, "match label too long, must be 0-2048 bytes")]
    public async Task A_start_that_is_out_of_bounds_creates_nothing(int rate, int labelLength, string reason)
    {
        var match = new TestMatch { OnInit = () => new MatchStart(rate, new string('x', labelLength)) };

        var error = await Assert.ThrowsAsync<MatchException>(() => _house.BeginAsync(match));

        Assert.Equal(("error creating match: " + reason, 0, true), (error.Message, Registry.Count, match.IsReleased));
    }

    [Fact]
    public async Task A_label_of_the_greatest_length_is_measured_in_bytes()
    {
        await _house.BeginAsync(new TestMatch(new string('x', 2048)));

        await Assert.ThrowsAsync<MatchException>(() => _house.BeginAsync(new TestMatch(new string('é', 1025))));
    }

    [Fact]
    public async Task A_handler_that_fails_at_its_start_says_why()
    {
        var match = new TestMatch { OnInit = static () => throw new InvalidOperationException("no cards") };

        var error = await Assert.ThrowsAsync<MatchException>(() => _house.BeginAsync(match));

        Assert.Equal("error creating match: no cards", error.Message);
    }

    [Fact]
    public async Task Of_two_languages_with_one_name_the_one_that_was_added_later_creates_the_match()
    {
        var (first, second) = (new TestMatches(), new TestMatches());
        second.Add(new TestMatch("second"));
        Registry.Use(first);
        Registry.Use(second);

        var id = await Registry.CreateAsync("test", [], CancellationToken.None);

        Assert.Equal("second", _house.Get<MatchListing>().List(new MatchFilter { Limit = 1 }).Single(match => match.MatchId == id).Label);
    }

    [Fact]
    public async Task Without_a_grace_period_matches_are_stopped_and_not_told()
    {
        var (match, anna) = (await _house.BeginAsync(new TestMatch()), _house.Open("anna"));
        await _house.JoinAsync(anna, match);

        await Registry.CloseAsync(0, CancellationToken.None);
        await SocketNode.UntilAsync(() => match.IsReleased);

        Assert.Equal(["attempt 0 anna", "join 0 anna:0"], match.Calls);
        Assert.False(anna.IsClosing);
        var error = await Assert.ThrowsAsync<MatchException>(() => _house.BeginAsync(new TestMatch()));
        Assert.Equal("error creating match: shutdown in progress", error.Message);
    }

    [Fact]
    public async Task With_a_grace_period_matches_go_on_until_they_end_or_the_time_is_over()
    {
        var ending = await _house.BeginAsync(new TestMatch { OnTerminate = static () => false });
        var goingOn = await _house.BeginAsync(new TestMatch(tickRate: 1));

        var closing = Registry.CloseAsync(5, CancellationToken.None);
        await SocketNode.UntilAsync(() => ending.IsReleased);
        Assert.Equal("terminate 0 5", ending.Calls[^1]);
        _house.Clock.Advance(TimeSpan.FromSeconds(1));
        await SocketNode.UntilAsync(() => goingOn.LoopCount == 1);
        Assert.False(closing.IsCompleted);

        _house.Clock.Advance(TimeSpan.FromSeconds(4));
        await closing;

        await SocketNode.UntilAsync(() => goingOn.IsReleased);
        Assert.Equal(0, Registry.Count);
    }

    [Fact]
    public async Task The_grace_period_ends_with_the_last_match()
    {
        await _house.BeginAsync(new TestMatch { OnTerminate = static () => false });
        await _house.BeginAsync(new TestMatch { OnTerminate = static () => false });

        await Registry.CloseAsync(60, CancellationToken.None);
    }

    [Fact]
    public async Task A_handler_that_fails_ends_its_match_and_its_members_are_disconnected_while_others_go_on()
    {
        var (failing, sound) = (await _house.BeginAsync(new TestMatch()), await _house.BeginAsync(new TestMatch()));
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        await _house.JoinAsync(anna, failing);
        await _house.JoinAsync(ben, sound);

        failing.OnLoop = static _ => throw new InvalidOperationException("no board");
        _house.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await SocketNode.UntilAsync(() => failing.IsReleased && anna.IsClosing);

        Assert.Equal((false, 1), (ben.IsClosing, Registry.Count));
        Assert.Equal(4, (await _house.JoinAsync(_house.Open(), failing)).Error.Code);
        await SocketNode.UntilAsync(() => sound.LoopCount > 0);
    }

    [Fact]
    public async Task A_match_that_ends_by_itself_leaves_its_members_connected_and_sends_nothing()
    {
        var (match, anna) = (await _house.BeginAsync(new TestMatch { OnLoop = static _ => new(false) }), _house.Open("anna"));
        await _house.JoinAsync(anna, match);
        var before = anna.Received.Count;

        _house.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await SocketNode.UntilAsync(() => match.IsReleased);
        await _house.SettledAsync();

        Assert.Equal((false, before, 0), (anna.IsClosing, anna.Received.Count, _house.Tracker.Count));
        Assert.Equal("match stopped", Assert.Throws<MatchException>(() => match.Dispatcher.UpdateLabel("x")).Message);
        Assert.Equal("match stopped", Assert.Throws<MatchException>(() => match.Dispatcher.Broadcast(new MatchBroadcast(1, Google.Protobuf.ByteString.Empty))).Message);
    }

    public void Dispose() => _house.Dispose();
}
