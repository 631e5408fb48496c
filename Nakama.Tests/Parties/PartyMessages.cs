using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;
using static Nakama.Tests.Parties.PartyTable;

namespace Nakama.Tests.Parties;

/// <summary>What each message of a party does, and when it is refused.</summary>
public sealed class PartyMessages : IDisposable
{
    private const string Nobodys = "11111111-1111-4111-8111-111111111111.house";

    private readonly LiveHouse _house = new();

    public static TheoryData<string, string> Prefixes => new()
    {
        { "party_join", "Error joining party" },
        { "party_close", "Error closing party" },
        { "party_join_request_list", "Error listing party join requests" },
        { "party_data_send", "Error sending party data" },
        { "party_update", "Error updating party" },
        { "party_promote", "Error promoting new party leader" },
        { "party_accept", "Error accepting party join request" },
        { "party_remove", "Error removing party member or join request" },
    };

    [Theory]
    [MemberData(nameof(Prefixes))]
    public async Task A_party_that_is_not_there_is_not_found(string message, string prefix)
    {
        var anna = _house.Open();
        var more = message is "party_promote" or "party_accept" or "party_remove" ? ",\"presence\":{\"user_id\":\"a\",\"session_id\":\"b\",\"username\":\"c\"}" : "";

        foreach (var id in (string[])[Nobodys, Nobodys.Replace("house", "elsewhere", StringComparison.Ordinal), Nobodys.Replace("house", "", StringComparison.Ordinal)])
            Assert.Equal((3, prefix + ": party not found"), await _house.RefusalAsync(anna, Say(message, id, more)));
        foreach (var id in (string[])["", "bad", ".house", "11111111-1111-4111-8111-111111111111"])
            Assert.Equal((3, "Invalid party ID"), await _house.RefusalAsync(anna, Say(message, id, more)));
    }

    [Theory]
    [InlineData("party_promote", "")]
    [InlineData("party_promote", ",\"presence\":{}")]
    [InlineData("party_accept", ",\"presence\":{\"user_id\":\"a\",\"session_id\":\"b\"}")]
    [InlineData("party_remove", ",\"presence\":{\"user_id\":\"a\",\"username\":\"b\"}")]
    public async Task Someone_without_a_full_name_is_refused_before_the_party_is_looked_for(string message, string more) =>
        Assert.Equal((3, "Invalid presence"), await _house.RefusalAsync(_house.Open(), Say(message, "bad", more)));

    [Theory]
    [MemberData(nameof(Prefixes))]
    public async Task What_is_for_the_leader_is_refused_to_others(string message, string prefix)
    {
        if (message is "party_join" or "party_data_send") return;
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        var line = message is "party_promote" or "party_accept" or "party_remove" ? Say(message, id, ben) : Say(message, id);

        Assert.Equal((3, prefix + ": party leader only"), await _house.RefusalAsync(ben, line));
        Assert.Equal((3, prefix + ": party leader only"), await _house.RefusalAsync(_house.Open("eve"), line));
    }

    [Theory]
    [InlineData("\"max_size\":-1", "Invalid party max size, must be 1-256")]
    [InlineData("\"max_size\":257", "Invalid party max size, must be 1-256")]
    [InlineData("\"max_size\":4,\"label\":\"nope\"", "Error creating party: failed to unmarshal party label: invalid character 'o' in literal null (expecting 'u')")]
    [InlineData("\"max_size\":4,\"label\":\"[1]\"", "Error creating party: failed to unmarshal party label: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("\"max_size\":4,\"label\":\"1\"", "Error creating party: failed to unmarshal party label: json: cannot unmarshal number into Go value of type map[string]interface {}")]
    [InlineData("\"max_size\":4,\"label\":\"true\"", "Error creating party: failed to unmarshal party label: json: cannot unmarshal bool into Go value of type map[string]interface {}")]
    [InlineData("\"max_size\":4,\"label\":\"\\\"x\\\"\"", "Error creating party: failed to unmarshal party label: json: cannot unmarshal string into Go value of type map[string]interface {}")]
    [InlineData("\"max_size\":4,\"label\":\"{\"", "Error creating party: failed to unmarshal party label: unexpected end of JSON input")]
    [InlineData("\"max_size\":4,\"label\":\"{} x\"", "Error creating party: failed to unmarshal party label: invalid character 'x' after top-level value")]
    public async Task A_party_that_cannot_be_is_refused(string members, string text)
    {
        Assert.Equal((3, text), await _house.RefusalAsync(_house.Open(), $$"""
            "party_create":{{{members}}}
            """));
        Assert.Equal(0, _house.Tracker.Count);
    }

    [Theory]
    [InlineData(2048, null)]
    [InlineData(2049, "Error creating party: party label too long")]
    public async Task A_label_has_so_many_bytes_at_most(int bytes, string? text)
    {
        var label = $$"""{\"x\":\"{{new string('y', bytes - 8)}}\"}""";

        var answer = await _house.AskAsync(_house.Open(), $$"""
            "party_create":{"max_size":1,"label":"{{label}}"}
            """);

        Assert.Equal(text, answer!.Error?.Message);
    }

    [Fact]
    public async Task The_creator_leads_and_is_told_of_the_party_twice()
    {
        var anna = _house.Open("anna");

        await _house.CreatePartyAsync(anna, 3, open: true, ",\"hidden\":true,\"label\":\"{\\\"a\\\":1}\"");

        var answer = anna.Received.Single(envelope => envelope.Cid.Length > 0).Party;
        var told = anna.Received.Single(envelope => envelope.Cid.Length == 0 && envelope.Party is not null).Party;
        Assert.Equal((3, true, true, """{"a":1}""", "anna", "anna"), (answer.MaxSize, answer.Open, answer.Hidden, answer.Label, answer.Leader.Username, answer.Self.Username));
        Assert.Equal((3, true, false, "", "anna"), (told.MaxSize, told.Open, told.Hidden, told.Label, told.Leader.Username));
        Assert.Equal(["party anna of anna", "+anna"], anna.Told());
    }

    [Fact]
    public async Task A_party_without_seats_takes_nobody_and_outlives_its_leader()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna, maxSize: 0);

        Assert.Equal(["+anna"], anna.Told());
        Assert.Equal((3, "Error joining party: party full"), await _house.RefusalAsync(ben, Say("party_join", id)));
        await _house.AskAsync(anna, Say("party_leave", id));
        Assert.Equal((3, "Error joining party: party full"), await _house.RefusalAsync(ben, Say("party_join", id)));
    }

    [Fact]
    public async Task A_full_party_refuses_even_those_who_are_in()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna, maxSize: 2);
        await _house.JoinPartyAsync(ben, id);

        Assert.Equal((3, "Error joining party: party full"), await _house.RefusalAsync(_house.Open(), Say("party_join", id)));
        Assert.Equal((3, "Error joining party: party full"), await _house.RefusalAsync(ben, Say("party_join", id)));
    }

    [Fact]
    public async Task Joining_again_is_answered_and_tells_nobody()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        var (annas, bens) = (anna.Received.Count, ben.Received.Count);

        await _house.JoinPartyAsync(ben, id);

        Assert.Equal(["done"], ben.Story(bens));
        Assert.Empty(anna.Story(annas));
    }

    [Fact]
    public async Task A_closed_party_asks_its_leader()
    {
        var (anna, ben, cara) = (_house.Open("anna"), _house.Open("ben"), _house.Open("cara"));
        var id = await _house.CreatePartyAsync(anna, maxSize: 2, open: false);
        var heard = anna.Received.Count;

        Assert.Null((await _house.JoinPartyAsync(ben, id))!.Error);
        Assert.Equal((3, "Error joining party: party join request duplicate"), await _house.RefusalAsync(_house.Open("ben2", ben.UserId), Say("party_join", id)));
        await _house.JoinPartyAsync(cara, id);
        Assert.Equal((3, "Error joining party: party join requests full"), await _house.RefusalAsync(_house.Open(), Say("party_join", id)));
        Assert.Equal(["request ben", "request cara"], anna.Story(heard));
        await _house.AskAsync(anna, Say("party_join_request_list", id));
        Assert.Equal("request ben+cara", anna.Story()[^1]);

        // Refused silently, then the other is let in, and then it is full.
        await _house.AskAsync(anna, Say("party_remove", id, ben));
        await _house.AskAsync(anna, Say("party_accept", id, cara));

        Assert.Equal(["done"], ben.Story());
        Assert.Equal(["done", "party anna+cara of anna", "+cara"], cara.Story());
        Assert.Equal((3, "Error accepting party join request: party full"), await _house.RefusalAsync(anna, Say("party_accept", id, ben)));
    }

    [Fact]
    public async Task Only_who_asked_and_is_still_there_is_let_in()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna, open: false);
        await _house.JoinPartyAsync(ben, id);

        Assert.Equal((3, "Error accepting party join request: party join request not found"), await _house.RefusalAsync(anna, Say("party_accept", id, _house.Open())));
        ben.Close(SessionClose.PeerClosed);
        Assert.Equal((3, "Error accepting party join request: party could not accept request"), await _house.RefusalAsync(anna, Say("party_accept", id, ben)));
        Assert.Equal((3, "Error accepting party join request: party join request not found"), await _house.RefusalAsync(anna, Say("party_accept", id, ben)));
        Assert.Equal(1, Present(id));
    }

    [Fact]
    public async Task A_new_leader_is_told_to_all_before_the_old_one_is_answered()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        var (annas, bens) = (anna.Received.Count, ben.Received.Count);

        Assert.Equal((3, "Error promoting new party leader: party member not found"), await _house.RefusalAsync(anna, Say("party_promote", id, _house.Open("eve"))));
        await _house.AskAsync(anna, Say("party_promote", id, ben));

        Assert.Equal(["error Error promoting new party leader: party member not found", "leader ben", "done"], anna.Story(annas));
        Assert.Equal(["leader ben"], ben.Story(bens));
        Assert.Equal((3, "Error closing party: party leader only"), await _house.RefusalAsync(anna, Say("party_close", id)));
    }

    [Fact]
    public async Task A_removed_member_is_told_the_party_is_closed_and_may_come_back()
    {
        var (anna, ben, cara) = (_house.Open("anna"), _house.Open("ben"), _house.Open("cara"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        await _house.JoinPartyAsync(cara, id);
        var (bens, caras) = (ben.Received.Count, cara.Received.Count);

        Assert.Equal((3, "Error removing party member or join request: party cannot remove self"), await _house.RefusalAsync(anna, Say("party_remove", id, anna)));
        Assert.Equal((3, "Error removing party member or join request: party member not found"), await _house.RefusalAsync(anna, Say("party_remove", id, _house.Open())));
        await _house.AskAsync(anna, Say("party_remove", id, ben));
        Assert.Equal((3, "Error sending party data: party member not found"), await _house.RefusalAsync(ben, Say("party_data_send", id)));
        await _house.JoinPartyAsync(ben, id);

        Assert.Equal(["PartyClose", "party anna+cara+ben of anna", "+ben"], ben.Told(bens));
        Assert.Equal(["-ben", "+ben"], cara.Story(caras));
    }

    [Fact]
    public async Task The_oldest_member_follows_a_leader_who_goes_and_the_last_one_ends_the_party()
    {
        var (anna, ben, cara) = (_house.Open("anna"), _house.Open("ben"), _house.Open("cara"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        await _house.JoinPartyAsync(cara, id);
        var (bens, caras) = (ben.Received.Count, cara.Received.Count);

        anna.Close(SessionClose.PeerClosed);
        await _house.SettledAsync();
        await _house.AskAsync(ben, Say("party_leave", id));
        await _house.AskAsync(cara, Say("party_leave", id));

        Assert.Equal(["leader ben", "-anna", "done"], ben.Story(bens));
        Assert.Equal(["leader ben", "-anna", "leader cara", "-ben", "done"], cara.Story(caras));
        Assert.Equal((3, "Error joining party: party not found"), await _house.RefusalAsync(cara, Say("party_join", id)));
    }

    [Fact]
    public async Task Closing_is_told_to_all_and_nobody_hears_of_leaves()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        var (annas, bens) = (anna.Received.Count, ben.Received.Count);

        await _house.AskAsync(anna, Say("party_close", id));

        Assert.Equal(["PartyClose", "done"], anna.Story(annas));
        Assert.Equal(["PartyClose"], ben.Story(bens));
        Assert.Equal(0, _house.Tracker.Count);
        Assert.Equal((3, "Error closing party: party not found"), await _house.RefusalAsync(anna, Say("party_close", id)));
    }

    [Fact]
    public async Task Data_reaches_the_other_members_in_order()
    {
        var (anna, ben, cara) = (_house.Open("anna"), _house.Open("ben"), _house.Open("cara"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        await _house.JoinPartyAsync(cara, id);

        for (var i = 0; i < 100; i++)
        {
            await _house.AskAsync(ben, Say("party_data_send", id, $$"""
                ,"op_code":"{{i}}","data":"aGk="
                """));
        }

        Assert.Empty(ben.PartyData());
        foreach (var listener in (ListeningSession[])[anna, cara])
        {
            Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), listener.PartyData().Select(data => data.OpCode));
            Assert.All(listener.PartyData(), data => Assert.Equal(("ben", "hi"), (data.Presence.Username, data.Data.ToStringUtf8())));
        }
    }

    [Fact]
    public async Task An_update_tells_everyone_what_was_asked_for_and_what_is_left_out_is_off()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        var id = await _house.CreatePartyAsync(anna);
        await _house.JoinPartyAsync(ben, id);
        var annas = anna.Received.Count;

        Assert.Equal(
            (3, "Error updating party: party is hidden and label is not empty, invalid operation"),
            await _house.RefusalAsync(_house.Open("eve"), Say("party_update", id, ",\"hidden\":true,\"label\":\"{\\\"a\\\":1}\"")));
        Assert.Equal(
            (3, "Error updating party: failed to unmarshal party label: invalid character 'o' in literal null (expecting 'u')"),
            await _house.RefusalAsync(anna, Say("party_update", id, ",\"label\":\"nope\"")));
        await _house.AskAsync(anna, Say("party_update", id, ",\"hidden\":true,\"label\":\"{}\""));
        await _house.JoinPartyAsync(_house.Open("cara"), id);

        var update = ben.Received[^1].PartyUpdate;
        Assert.Equal((id, "{}", false, true), (update.PartyId, update.Label, update.Open, update.Hidden));
        // It is closed now, so the last one only asks.
        Assert.Equal(["PartyUpdate", "done", "request cara"], anna.Story(annas).Skip(1));
    }

    [Fact]
    public async Task Leaving_what_one_is_not_in_is_done()
    {
        var anna = _house.Open();

        foreach (var id in (string[])[Nobodys, Nobodys.Replace("house", "elsewhere", StringComparison.Ordinal)])
            Assert.Null((await _house.AskAsync(anna, Say("party_leave", id)))!.Error);
        Assert.Equal((3, "Invalid party ID"), await _house.RefusalAsync(anna, Say("party_leave", "bad")));
    }

    [Fact]
    public async Task A_closing_session_makes_no_party_and_joins_none()
    {
        var (anna, gone) = (_house.Open(), _house.Open());
        var id = await _house.CreatePartyAsync(anna, maxSize: 2);
        gone.Close(SessionClose.ServerSide);

        await _house.AskAsync(gone, "\"party_create\":{\"max_size\":2}");
        await _house.JoinPartyAsync(gone, id);

        Assert.Equal(1, _house.Tracker.Count);
        Assert.Null((await _house.JoinPartyAsync(_house.Open(), id))!.Error);
    }

    [Fact]
    public async Task With_one_party_at_a_time_creating_joining_and_being_let_in_leave_the_others()
    {
        using var house = new LiveHouse(options => options with { Session = options.Session with { SingleSocket = true, SingleParty = true } });
        var (anna, ben) = (house.Open("anna"), house.Open("ben"));
        var open = await house.CreatePartyAsync(anna);
        var first = await house.CreatePartyAsync(ben);
        await house.CreatePartyAsync(ben);
        Assert.Equal(2, house.Tracker.Count);
        Assert.Equal((3, "Error joining party: party not found"), await house.RefusalAsync(anna, Say("party_join", first)));

        await house.JoinPartyAsync(ben, open);
        Assert.Equal(2, house.Tracker.Count);

        var cara = house.Open("cara");
        var closed = await house.CreatePartyAsync(cara, open: false);
        await house.JoinPartyAsync(ben, closed);
        await house.AskAsync(cara, Say("party_accept", closed, ben));
        Assert.Equal(3, house.Tracker.Count);
        Assert.Equal("-ben", anna.Story()[^1]);
    }

    public void Dispose() => _house.Dispose();

    private int Present(string id) =>
        _house.Tracker.CountIn(new StreamId(StreamMode.Party, Guid.Parse(id.Split('.')[0]), Guid.Empty, "house"));
}
