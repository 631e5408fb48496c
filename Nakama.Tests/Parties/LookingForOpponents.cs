using Nakama.Protocol.Realtime;
using Nakama.Server.Matchmaking;
using Nakama.Server.Sessions;
using Nakama.Tests.Realtime;
using static Nakama.Tests.Parties.PartyTable;

namespace Nakama.Tests.Parties;

/// <summary>A party that looks for opponents as one.</summary>
public sealed class LookingForOpponents : IDisposable
{
    private const string Counts = ",\"min_count\":3,\"max_count\":3";

    private readonly LiveHouse _house = new();

    [Theory]
    [InlineData(",\"min_count\":1,\"max_count\":3", "Invalid minimum count, must be >= 2")]
    [InlineData(",\"min_count\":3,\"max_count\":2", "Invalid maximum count, must be >= minimum count")]
    [InlineData(",\"min_count\":4,\"max_count\":5,\"count_multiple\":2", "Invalid count multiple for maximum count, must divide")]
    public async Task Counts_are_looked_at_before_the_party(string counts, string text) =>
        Assert.Equal((3, text), await _house.RefusalAsync(_house.Open(), Say("party_matchmaker_add", "bad", counts)));

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);

        Assert.Equal((3, "Invalid party ID"), await _house.RefusalAsync(anna, Say("party_matchmaker_add", "bad", Counts)));
        Assert.Equal((3, "Error adding party to matchmaker: party not found"), await _house.RefusalAsync(anna, Say("party_matchmaker_add", Guid.Empty + ".house", Counts)));
        Assert.Equal((3, "Error adding party to matchmaker: party leader only"), await _house.RefusalAsync(ben, Say("party_matchmaker_add", id, Counts)));
        Assert.Equal((3, "Error adding party to matchmaker: matchmaker query invalid"), await _house.RefusalAsync(anna, Say("party_matchmaker_add", id, Counts + ",\"query\":\"+(:\"")));
        await _house.JoinPartyAsync(_house.Open("cara"), id);
        Assert.Equal(
            (3, "Error adding party to matchmaker: party has more members than max_count"),
            await _house.RefusalAsync(anna, Say("party_matchmaker_add", id, ",\"min_count\":2,\"max_count\":2")));
        Assert.Equal((3, "Invalid matchmaker ticket"), await _house.RefusalAsync(anna, Say("party_matchmaker_remove", "bad")));
        Assert.Equal((3, "Invalid party ID"), await _house.RefusalAsync(anna, Say("party_matchmaker_remove", "bad", ",\"ticket\":\"x\"")));
        Assert.Equal((3, "Error closing party: party leader only"), await _house.RefusalAsync(ben, Say("party_matchmaker_remove", id, ",\"ticket\":\"x\"")));
        Assert.Equal((3, "Error closing party: matchmaker ticket not found"), await _house.RefusalAsync(anna, Say("party_matchmaker_remove", id, ",\"ticket\":\"x\"")));
    }

    [Fact]
    public async Task All_members_hear_of_the_ticket_and_there_are_only_so_many()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);

        var ticket = await AddAsync(anna, id);
        await AddAsync(anna, id);
        await AddAsync(anna, id);

        var told = ben.Received.Where(envelope => envelope.PartyMatchmakerTicket is not null).ToArray();
        Assert.Equal((id, ticket, ""), (told[0].PartyMatchmakerTicket.PartyId, told[0].PartyMatchmakerTicket.Ticket, told[0].Cid));
        Assert.Equal(3, told.Length);
        Assert.Equal((3, "Error adding party to matchmaker: matchmaker too many tickets"), await _house.RefusalAsync(anna, Say("party_matchmaker_add", id, Counts)));
        Assert.Null((await RemoveAsync(anna, id, ticket))!.Error);
        Assert.NotNull((await RemoveAsync(anna, id, ticket))!.Error);
    }

    [Theory]
    [InlineData("join")]
    [InlineData("leave")]
    [InlineData("close")]
    [InlineData("remove")]
    public async Task Any_change_of_the_members_ends_the_search_without_a_word(string change)
    {
        var (anna, ben, cara) = (_house.Open("anna"), _house.Open("ben"), _house.Open("cara"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        var ticket = await AddAsync(anna, id);

        switch (change)
        {
            case "join":
                await _house.JoinPartyAsync(cara, id);
                break;
            case "leave":
                await _house.AskAsync(ben, Say("party_leave", id));
                break;
            case "close":
                ben.Close(SessionClose.PeerClosed);
                await _house.SettledAsync();
                break;
            default:
                await _house.AskAsync(anna, Say("party_remove", id, ben));
                break;
        }

        Assert.Equal("Error closing party: matchmaker ticket not found", (await RemoveAsync(anna, id, ticket))!.Error.Message);
    }

    [Fact]
    public async Task A_new_leader_keeps_the_search()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        var ticket = await AddAsync(anna, id);

        await _house.AskAsync(anna, Say("party_promote", id, ben));

        Assert.Null((await RemoveAsync(ben, id, ticket))!.Error);
    }

    [Fact]
    public async Task The_end_of_a_party_ends_its_search()
    {
        var anna = _house.Open("anna");
        var id = await _house.CreatePartyAsync(anna);
        var ticket = await AddAsync(anna, id);

        await _house.AskAsync(anna, Say("party_close", id));

        Assert.False(_house.Get<Matchmaker>().RemoveOfParty(id, ticket));
    }

    public void Dispose() => _house.Dispose();

    private async Task<string> AddAsync(Presence.ListeningSession leader, string id) =>
        (await _house.AskAsync(leader, Say("party_matchmaker_add", id, Counts)))!.PartyMatchmakerTicket.Ticket;

    private Task<Envelope?> RemoveAsync(Presence.ListeningSession leader, string id, string ticket) =>
        _house.AskAsync(leader, Say("party_matchmaker_remove", id, $",\"ticket\":\"{ticket}\""));
}
