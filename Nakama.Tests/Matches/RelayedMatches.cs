using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>Beginning, joining and leaving matches that only pass on what is said.</summary>
public sealed class RelayedMatches
{
    private const string Nobodys = "11111111-1111-4111-8111-111111111111.";

    [Theory]
    [InlineData("\"match_join\":{}", 3, "No match ID or token found")]
    [InlineData("\"match_join\":{\"match_id\":\"\"}", 3, "Invalid match ID")]
    [InlineData("\"match_join\":{\"match_id\":\"11111111-1111-4111-8111-111111111111\"}", 3, "Invalid match ID")]
    [InlineData("\"match_join\":{\"match_id\":\"nonsense.\"}", 3, "Invalid match ID")]
    [InlineData("\"match_join\":{\"match_id\":\".house\"}", 3, "Invalid match ID")]
    [InlineData("\"match_join\":{\"match_id\":\"11111111-1111-4111-8111-111111111111.\"}", 4, "Match not found")]
    [InlineData("\"match_join\":{\"match_id\":\"11111111-1111-4111-8111-111111111111.house\"}", 4, "Match not found")]
    [InlineData("\"match_join\":{\"match_id\":\"11111111-1111-4111-8111-111111111111.elsewhere\"}", 4, "Match not found")]
    [InlineData("\"match_join\":{\"match_id\":\"11111111-1111-4111-8111-111111111111.house.x\"}", 4, "Match not found")]
    [InlineData("\"match_join\":{\"token\":\"\"}", 3, "Invalid match token")]
    [InlineData("\"match_join\":{\"token\":\"a.b.c\"}", 3, "Invalid match token")]
    [InlineData("\"match_leave\":{}", 3, "Invalid match ID")]
    [InlineData("\"match_leave\":{\"match_id\":\"x.y\"}", 3, "Invalid match ID")]
    public async Task What_names_no_match_is_refused(string message, int code, string text)
    {
        using var house = new LiveHouse();
        var anna = house.Open();

        Assert.Equal((code, text), await house.RefusalAsync(anna, message));
        Assert.Equal(0, house.Tracker.Count);
    }

    [Fact]
    public async Task Who_begins_a_match_is_one_and_hears_of_its_own_arrival()
    {
        using var house = new LiveHouse();
        var anna = house.Open("anna");

        var match = (await house.AskAsync(anna, "\"match_create\":{}"))!.Match;

        Assert.EndsWith(".", match.MatchId, StringComparison.Ordinal);
        Assert.Equal((1, 0, false, "anna", anna.IdText), (match.Size, match.Presences.Count, match.Authoritative, match.Self.Username, match.Self.SessionId));
        Assert.Null(match.Label);
        Assert.Equal(["Match", "+anna"], anna.Story().Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task The_answer_to_a_join_counts_the_others_and_to_a_second_join_everyone()
    {
        using var house = new LiveHouse();
        var (anna, ben) = (house.Open("anna"), house.Open("ben"));
        var id = await BeginAsync(house, anna);

        var first = (await house.AskAsync(ben, Join(id)))!.Match;
        var heard = anna.Received.Count;
        var second = (await house.AskAsync(ben, Join(id)))!.Match;

        Assert.Equal((1, "anna"), (first.Size, first.Presences.Single().Username));
        Assert.Equal((2, "anna+ben"), (second.Size, string.Join('+', second.Presences.Select(presence => presence.Username).Order())));
        Assert.Equal(heard, anna.Received.Count);
    }

    [Fact]
    public async Task A_match_of_a_name_is_the_same_for_everyone_and_its_size_counts_the_asker()
    {
        using var house = new LiveHouse();
        var (anna, ben) = (house.Open("anna"), house.Open("ben"));

        var annas = (await house.AskAsync(anna, "\"match_create\":{\"name\":\"game1\"}"))!.Match;
        var bens = (await house.AskAsync(ben, "\"match_create\":{\"name\":\"game1\"}"))!.Match;
        var again = (await house.AskAsync(ben, "\"match_create\":{\"name\":\"game1\"}"))!.Match;

        Assert.Equal("eb5c790b-86c8-5504-aec1-57d6ca576cd0.", annas.MatchId);
        Assert.Equal((annas.MatchId, annas.MatchId), (bens.MatchId, again.MatchId));
        Assert.Equal((1, 2, 2), (annas.Size, bens.Size, again.Size));
        Assert.Equal((0, 1, 2), (annas.Presences.Count, bens.Presences.Count, again.Presences.Count));
    }

    [Fact]
    public async Task The_answer_names_the_match_as_it_was_named()
    {
        using var house = new LiveHouse();
        var (anna, ben) = (house.Open(), house.Open());
        var id = await BeginAsync(house, anna);
        var spelled = id.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

        var match = (await house.AskAsync(ben, Join(spelled)))!.Match;

        Assert.Equal((spelled, 1), (match.MatchId, match.Size));
    }

    [Fact]
    public async Task The_hidden_are_not_met_but_keep_a_match_alive()
    {
        using var house = new LiveHouse();
        var (ghost, anna) = (house.Open("ghost"), house.Open("anna"));
        var id = Guid.Parse(Nobodys.TrimEnd('.'));
        house.Tracker.Track(ghost, new StreamId(StreamMode.RelayedMatch, id), new PresenceMeta(Hidden: true, false, ""), out _);

        var match = (await house.AskAsync(anna, Join(Nobodys)))!.Match;
        var named = (await house.AskAsync(anna, Join(Nobodys)))!.Match;

        Assert.Equal((0, 1), (match.Size, named.Size));
    }

    [Fact]
    public async Task Who_leaves_hears_only_that_it_is_done_and_the_others_who_left()
    {
        using var house = new LiveHouse();
        var (anna, ben) = (house.Open("anna"), house.Open("ben"));
        var id = await BeginAsync(house, anna);
        await house.AskAsync(ben, Join(id));
        var (annas, bens) = (anna.Received.Count, ben.Received.Count);

        await house.AskAsync(ben, Leave(id));
        await house.AskAsync(ben, Leave(id));
        await house.AskAsync(ben, Leave(Nobodys));

        Assert.Equal(["-ben"], anna.Story(annas));
        Assert.Equal(["done", "done", "done"], ben.Story(bens));
    }

    [Fact]
    public async Task A_match_ends_with_its_last_player_however_he_goes()
    {
        using var house = new LiveHouse();
        var (anna, ben) = (house.Open("anna"), house.Open("ben"));
        var id = await BeginAsync(house, anna);
        await house.AskAsync(ben, Join(id));
        var heard = ben.Received.Count;

        anna.Close(SessionClose.PeerClosed);
        await house.SettledAsync();
        await house.AskAsync(ben, Leave(id));

        Assert.Equal(["-anna", "done"], ben.Story(heard));
        Assert.Equal((4, "Match not found"), await house.RefusalAsync(ben, Join(id)));
    }

    [Fact]
    public async Task A_closing_session_begins_nothing_and_is_not_answered()
    {
        using var house = new LiveHouse();
        var anna = house.Open();
        anna.Close(SessionClose.ServerSide);

        await house.AskAsync(anna, "\"match_create\":{}");
        await house.AskAsync(anna, "\"match_create\":{\"name\":\"x\"}");

        Assert.Equal(0, house.Tracker.Count);
        Assert.Empty(anna.Received);
    }

    [Fact]
    public async Task With_one_match_at_a_time_a_join_leaves_the_others_and_a_beginning_does_not()
    {
        using var house = new LiveHouse(options => options with { Session = options.Session with { SingleSocket = true, SingleMatch = true } });
        var (anna, ben) = (house.Open("anna"), house.Open("ben"));
        var first = await BeginAsync(house, anna);
        var second = await BeginAsync(house, ben);
        var third = await BeginAsync(house, ben);
        Assert.Equal((1, 1), (SizeOf(house, second), SizeOf(house, third)));

        await house.AskAsync(ben, Join(first));

        Assert.Equal((2, 0, 0), (SizeOf(house, first), SizeOf(house, second), SizeOf(house, third)));
    }

    private static string Join(string id) => $$"""
        "match_join":{"match_id":"{{id}}"}
        """;

    private static string Leave(string id) => $$"""
        "match_leave":{"match_id":"{{id}}"}
        """;

    private static async Task<string> BeginAsync(LiveHouse house, Presence.ListeningSession session) =>
        (await house.AskAsync(session, "\"match_create\":{}"))!.Match.MatchId;

    private static int SizeOf(LiveHouse house, string id) =>
        house.Tracker.CountIn(new StreamId(StreamMode.RelayedMatch, Guid.Parse(id.TrimEnd('.'))));
}
