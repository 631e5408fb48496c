using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Matches;
using Nakama.Server.Presence;
using Nakama.Server.Search;
using Nakama.Tests.Chat;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Matches;

/// <summary>Which matches are listed, in which order.</summary>
public sealed class ListingMatches(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Theory]
    [InlineData("limit=0", 400, 3, "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("limit=101", 400, 3, "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("authoritative=false&label=x", 400, 3, "Label filtering is not supported for non-authoritative matches.")]
    [InlineData("authoritative=false&query=x", 400, 3, "Query filtering is not supported for non-authoritative matches.")]
    [InlineData("min_size=-1", 400, 3, "Minimum size must be 0 or above.")]
    [InlineData("max_size=-1", 400, 3, "Maximum size must be 0 or above.")]
    [InlineData("min_size=3&max_size=2", 400, 3, "Maximum size must be greater than or equal to minimum size when both are specified.")]
    [InlineData("query=%2Blabel.g:", 500, 13, "Error listing matches.")]
    [InlineData("query=%20", 500, 13, "Error listing matches.")]
    [InlineData("query=label.g:/(/", 500, 13, "Error listing matches.")]
    public async Task A_question_that_is_none_is_refused(string question, int status, int code, string text)
    {
        var (answered, body) = await _server.RequestAsync(await _server.AuthenticateAsync(), "/v2/match?" + question);

        Assert.Equal((status, code, text), (answered, body.GetProperty("code").GetInt32(), body.Text("message")));
    }

    [Fact]
    public async Task Relayed_matches_are_listed_with_everyone_who_is_in()
    {
        var anna = await _server.AuthenticateAsync();
        await using var socket = await _server.OpenSocketAsync(anna);
        await using var other = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        var id = (await socket.AskAsync("\"match_create\":{}")).GetProperty("match").Text("match_id");
        await other.AskAsync($$"""
            "match_join":{"match_id":"{{id}}"}
            """);
        // A hidden one counts as well.
        var ghost = _server.Services.GetRequiredService<Nakama.Server.Sessions.SessionRegistry>().OfUser(anna.UserId)[0];
        var stream = new StreamId(StreamMode.RelayedMatch, Guid.Parse(id.TrimEnd('.')));
        _server.Services.GetRequiredService<PresenceTracker>().Update(ghost, stream, new PresenceMeta(Hidden: true, false, ""));

        var (_, listed) = await _server.RequestAsync(anna, "/v2/match?authoritative=false&limit=100&min_size=2");
        var (_, larger) = await _server.RequestAsync(anna, "/v2/match?limit=100&min_size=3");
        var (_, labelled) = await _server.RequestAsync(anna, "/v2/match?limit=100&query=*");

        Assert.Equal($$"""{"match_id":"{{id}}","size":2}""", listed.GetProperty("matches").EnumerateArray().Single(match => match.Text("match_id") == id).GetRawText());
        Assert.DoesNotContain(id, larger.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(id, labelled.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matches_of_game_logic_come_first_and_the_youngest_of_them_before_the_others()
    {
        using var house = new LiveHouse();
        Relayed(house);
        var (old, young) = (await AddAsync(house, "a"), await AddAsync(house, "b"));

        var all = house.Get<MatchListing>().List(new MatchFilter { Limit = 10 });

        Assert.Equal([Id(young), Id(old)], all.Take(2).Select(match => match.MatchId));
        Assert.Equal((3, false), (all.Count, all[2].Authoritative));
        Assert.Equal((true, "b", 10, "test"), (all[0].Authoritative, all[0].Label, all[0].TickRate, all[0].HandlerName));
        Assert.Equal([Id(young)], Ids(house, new MatchFilter { Limit = 1 }));
        Assert.Equal([Id(young), Id(old)], Ids(house, new MatchFilter { Limit = 10, IsAuthoritative = true }));
        Assert.DoesNotContain(Id(old), Ids(house, new MatchFilter { Limit = 10, IsAuthoritative = false }));
        Assert.Empty(Ids(house, new MatchFilter { Limit = 0 }));
    }

    [Fact]
    public async Task A_label_is_found_exactly_or_by_what_is_in_it()
    {
        using var house = new LiveHouse();
        Relayed(house);
        var plain = await AddAsync(house, "plain text");
        var ranked = await AddAsync(house, """{"mode":"ranked","skill":5}""");
        var casual = await AddAsync(house, """{"mode":"casual","skill":9}""");

        Assert.Equal([Id(plain)], Ids(house, new MatchFilter { Limit = 10, Label = "plain text" }));
        Assert.Empty(Ids(house, new MatchFilter { Limit = 10, Label = "plain" }));
        Assert.Equal([Id(ranked)], Ids(house, new MatchFilter { Limit = 10, Query = "+label.mode:ranked", Label = "plain text" }));
        Assert.Equal([Id(casual)], Ids(house, new MatchFilter { Limit = 10, Query = "+label.skill:>6" }));
        Assert.Equal([Id(ranked), Id(casual)], Ids(house, new MatchFilter { Limit = 10, Query = "label.skill:9 label.mode:ranked^3" }));
        Assert.Equal([Id(plain)], Ids(house, new MatchFilter { Limit = 10, Query = "+label_string:plain\\ text" }));
        Assert.Equal(3, Ids(house, new MatchFilter { Limit = 10, Query = "" }).Count());
    }

    [Fact]
    public async Task Sizes_are_those_of_this_moment()
    {
        using var house = new LiveHouse();
        var match = await AddAsync(house, "x");
        await house.JoinAsync(house.Open(), match);
        var two = new MatchFilter { Limit = 10, MinSize = 2, MaxSize = 2 };
        Assert.Empty(Ids(house, two));

        await house.JoinAsync(house.Open(), match);

        Assert.Equal([Id(match)], Ids(house, two));
    }

    [Fact]
    public async Task A_new_label_is_found_after_the_next_refresh_and_the_last_one_counts()
    {
        using var house = new LiveHouse();
        var match = await AddAsync(house, """{"n":1}""");
        foreach (var n in (int[])[2, 3]) match.Dispatcher.UpdateLabel($$"""{"n":{{n}}}""");
        Assert.Equal([Id(match)], Ids(house, new MatchFilter { Limit = 10, Query = "label.n:1" }));

        house.Get<MatchIndex>().Refresh();

        Assert.Equal([Id(match)], Ids(house, new MatchFilter { Limit = 10, Query = "label.n:3" }));
        Assert.Empty(Ids(house, new MatchFilter { Limit = 10, Query = "label.n:1 label.n:2" }));
    }

    [Fact]
    public async Task A_match_that_has_ended_is_not_listed_even_when_its_label_had_just_changed()
    {
        using var house = new LiveHouse();
        var match = await AddAsync(house, "x");
        match.Dispatcher.UpdateLabel("y");

        await house.Get<MatchRegistry>().CloseAsync(0, CancellationToken.None);
        house.Get<MatchIndex>().Refresh();

        Assert.Empty(Ids(house, new MatchFilter { Limit = 10 }));
        Assert.Null(house.Get<MatchListing>().Find(StreamOf(match)));
    }

    [Fact]
    public async Task One_match_is_found_by_its_id()
    {
        using var house = new LiveHouse();
        var listing = house.Get<MatchListing>();
        var match = await AddAsync(house, "x");
        for (var i = 0; i < 4; i++) await house.JoinAsync(house.Open(), match);
        var relayed = Relayed(house);

        Assert.Equal(4, listing.Find(StreamOf(match))!.Size);
        Assert.Null(listing.Find(StreamOf(match) with { Label = "elsewhere" }));
        Assert.Equal(1, listing.Find(relayed)!.Size);
        Assert.Null(listing.Find(MatchStream.Relayed(Guid.NewGuid())));
    }

    [Fact]
    public void A_query_that_is_none_says_why()
    {
        using var house = new LiveHouse();

        var error = Assert.Throws<SearchQueryException>(() => house.Get<MatchListing>().List(new MatchFilter { Limit = 1, Query = "label.x:" }));

        Assert.True(error.IsSyntax);
    }

    private static string Id(TestMatch match) => match.Id;

    private static StreamId StreamOf(TestMatch match) => MatchStream.TryParse(match.Id, out var stream) ? stream : throw new InvalidOperationException();

    private static IEnumerable<string> Ids(LiveHouse house, MatchFilter filter) =>
        house.Get<MatchListing>().List(filter).Select(match => match.MatchId);

    private static async Task<TestMatch> AddAsync(LiveHouse house, string label)
    {
        // Matches of the same millisecond have no order.
        house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return await house.BeginAsync(new TestMatch(label));
    }

    private static StreamId Relayed(LiveHouse house)
    {
        var stream = MatchStream.Relayed(Guid.NewGuid());
        house.Tracker.Track(house.Open(), stream, default, out _);
        return stream;
    }
}
