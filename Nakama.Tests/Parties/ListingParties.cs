using Nakama.Server.Parties;
using Nakama.Server.Search;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;
using static Nakama.Tests.Parties.PartyTable;

namespace Nakama.Tests.Parties;

/// <summary>Which parties are listed, and how the list goes on.</summary>
public sealed class ListingParties : IDisposable
{
    private readonly LiveHouse _house = new();

    private PartyListing Listing => _house.Get<PartyListing>();

    [Fact]
    public async Task Parties_are_found_by_label_and_openness_and_hidden_ones_only_by_game_logic()
    {
        var open = await CreateAsync(1, open: true);
        var closed = await CreateAsync(2, open: false);
        var hidden = await CreateAsync(3, open: true, ",\"hidden\":true");

        Assert.Equal([open, closed], Ids(null, "label.kind:test"));
        Assert.Equal([open], Ids(true, ""));
        Assert.Equal([closed], Ids(false, "*"));
        Assert.Equal([closed], Ids(null, "+label.n:>=2"));
        Assert.Equal([closed, open], Ids(null, "label.n:1 label.n:2^5"));
        Assert.Equal([open, closed, hidden], Ids(null, "", showsHidden: true));
        Assert.Equal([hidden], Ids(null, "hidden:T", showsHidden: true));
        var party = Listing.List(10, true, false, "", "")!.Parties[0];
        Assert.Equal((open, true, false, 4, """{"kind":"test","n":1}"""), (party.PartyId, party.Open, party.Hidden, party.MaxSize, party.Label));
    }

    [Fact]
    public async Task A_party_without_label_shows_an_empty_one()
    {
        await _house.CreatePartyAsync(_house.Open());

        Assert.Equal("{}", Listing.List(1, null, false, "", "")!.Parties[0].Label);
    }

    [Fact]
    public async Task A_changed_party_is_found_after_the_next_refresh_at_the_end()
    {
        var anna = _house.Open();
        var first = await CreateAsync(1, open: true, by: anna);
        var second = await CreateAsync(2, open: true);

        await _house.AskAsync(anna, Say("party_update", first, ",\"open\":true,\"label\":\"{\\\"n\\\":7}\""));
        Assert.Equal([first], Ids(null, "label.n:1"));
        _house.Get<PartyRegistry>().RefreshLabels();

        Assert.Empty(Ids(null, "label.n:1"));
        Assert.Equal([first], Ids(null, "label.n:7"));
        Assert.Equal([second, first], Ids(null, ""));
    }

    [Fact]
    public async Task A_party_that_has_ended_is_not_listed()
    {
        var anna = _house.Open();
        var id = await CreateAsync(1, open: true, by: anna);
        await _house.AskAsync(anna, Say("party_update", id, ",\"open\":true"));

        await _house.AskAsync(anna, Say("party_close", id));
        _house.Get<PartyRegistry>().RefreshLabels();

        Assert.Empty(Ids(null, ""));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_the_last_one_has_no_cursor()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add(await CreateAsync(i, open: true));

        var seen = new List<string>();
        var (cursor, pages) = ("", 0);
        do
        {
            var page = Listing.List(2, null, false, "", cursor)!;
            seen.AddRange(page.Parties.Select(party => party.PartyId));
            cursor = page.Cursor;
            pages++;
        }
        while (cursor.Length > 0);

        Assert.Equal(ids, seen);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_cursor_goes_on_only_with_what_it_began_with()
    {
        for (var i = 0; i < 3; i++) await CreateAsync(i, open: true);
        var cursor = Listing.List(1, true, false, "label.kind:test", "")!.Cursor;

        Assert.NotNull(Listing.List(1, true, false, "label.kind:test", cursor));
        Assert.Null(Listing.List(2, true, false, "label.kind:test", cursor));
        Assert.Null(Listing.List(1, null, false, "label.kind:test", cursor));
        Assert.Null(Listing.List(1, false, false, "label.kind:test", cursor));
        Assert.Null(Listing.List(1, true, false, "label.kind:tes?", cursor));
        foreach (var bad in (string[])["bad", "====", cursor[..^3], cursor.ToUpperInvariant()])
            Assert.Null(Listing.List(1, true, false, "label.kind:test", bad));
    }

    [Fact]
    public void A_query_that_is_none_says_so() =>
        Assert.Throws<SearchQueryException>(() => Listing.List(1, null, false, "+(:", ""));

    public void Dispose() => _house.Dispose();

    private IEnumerable<string> Ids(bool? isOpen, string query, bool showsHidden = false) =>
        Listing.List(10, isOpen, showsHidden, query, "")!.Parties.Select(party => party.PartyId);

    private Task<string> CreateAsync(int n, bool open, string more = "", ListeningSession? by = null) =>
        _house.CreatePartyAsync(by ?? _house.Open(), open: open, more: ",\"label\":\"{\\\"kind\\\":\\\"test\\\",\\\"n\\\":" + n + "}\"" + more);
}
