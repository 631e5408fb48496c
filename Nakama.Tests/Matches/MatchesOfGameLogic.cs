using Nakama.Protocol.Realtime;
using Nakama.Server.Matches;
using Nakama.Server.Presence;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>Joining matches that game logic runs, and being heard by them.</summary>
public sealed class MatchesOfGameLogic : IAsyncLifetime, IDisposable
{
    private readonly LiveHouse _house = new(options => options with { Session = options.Session with { SingleSocket = true, SingleMatch = true } });
    private readonly TestMatch _chess = new("chess");

    public Task InitializeAsync() => _house.BeginAsync(_chess);

    [Fact]
    public async Task Who_is_let_in_sees_the_label_and_the_others()
    {
        await _house.JoinAsync(_house.Open("ben"), _chess);
        var anna = _house.Open("anna");

        var match = (await _house.AskAsync(anna, Join("""
            ,"metadata":{"skill":"7"}
            """)))!.Match;

        Assert.Equal((true, "chess", 1, "ben", "anna"), (match.Authoritative, match.Label, match.Size, match.Presences.Single().Username, match.Self.Username));
        Assert.Equal("7", _chess.Attempt!.Metadata["skill"]);
        Assert.Equal(["Match", "+anna"], anna.Story().Order(StringComparer.Ordinal).Reverse());
        Assert.NotNull(_house.Tracker.Find(anna, Stream));
    }

    [Theory]
    [InlineData("", "Match join rejected")]
    [InlineData("full house", "full house")]
    public async Task Who_is_not_let_in_hears_why(string reason, string text)
    {
        var anna = _house.Open();
        _chess.OnAttempt = _ => new(new MatchJoinDecision(true, false, reason));

        Assert.Equal((5, text), await _house.RefusalAsync(anna, Join()));
        Assert.Null(_house.Tracker.Find(anna, Stream));
    }

    [Fact]
    public async Task Data_goes_to_the_logic_and_only_from_players()
    {
        var (anna, eve) = (_house.Open("anna"), _house.Open("eve"));
        await _house.AskAsync(anna, Join());

        foreach (var sender in (Presence.ListeningSession[])[anna, eve])
            await _house.ProcessAsync(sender, new Envelope { MatchDataSend = new MatchDataSend { MatchId = Id, OpCode = 4 } });

        _house.Clock.Advance(TimeSpan.FromSeconds(1));
        await SocketNode.UntilAsync(() => _chess.Messages.Count > 0);
        var message = Assert.Single(_chess.Messages);
        Assert.Equal(("anna", 4L, false), (message.Sender.Username, message.OpCode, message.IsReliable));
    }

    [Fact]
    public async Task With_one_match_at_a_time_a_join_leaves_relayed_ones_too()
    {
        var anna = _house.Open();
        await _house.AskAsync(anna, "\"match_create\":{}");

        await _house.AskAsync(anna, Join());

        Assert.Equal(1, _house.Tracker.Count);
    }

    [Fact]
    public async Task A_match_that_has_ended_is_not_found_and_data_for_it_is_lost()
    {
        var anna = _house.Open();
        await _house.AskAsync(anna, Join());
        await _house.Get<MatchRegistry>().CloseAsync(0, CancellationToken.None);

        Assert.Equal((4, "Match not found"), await _house.RefusalAsync(anna, Join()));
        await _house.ProcessAsync(anna, new Envelope { MatchDataSend = new MatchDataSend { MatchId = Id } });
        Assert.Equal((0, 0), (_house.Tracker.CountIn(Stream), anna.Story().Count(static line => line.Contains('-'))));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _house.Dispose();

    private string Id => _chess.Id;

    private StreamId Stream => MatchStream.TryParse(_chess.Id, out var stream) ? stream : throw new InvalidOperationException();

    private string Join(string more = "") => $$"""
        "match_join":{"match_id":"{{Id}}"{{more}}}
        """;
}
