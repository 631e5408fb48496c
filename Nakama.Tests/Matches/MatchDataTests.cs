using System.Globalization;
using Nakama.Protocol.Realtime;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;
using WireUserPresence = Nakama.Protocol.Realtime.UserPresence;

namespace Nakama.Tests.Matches;

/// <summary>Whom data in a match reaches.</summary>
public sealed class MatchDataTests : IDisposable
{
    private readonly LiveHouse _house = new();

    [Fact]
    public async Task Data_reaches_everyone_but_the_sender_as_it_was_sent()
    {
        var (id, anna, ben, cara) = await TableAsync();

        var answer = await _house.AskAsync(anna, $$"""
            "match_data_send":{"match_id":"{{id}}","op_code":"9223372036854775807","data":"aGk=","reliable":true}
            """);

        Assert.Null(answer);
        Assert.Empty(anna.MatchData());
        foreach (var listener in (ListeningSession[])[ben, cara])
        {
            var data = Assert.Single(listener.MatchData());
            Assert.Equal((id, long.MaxValue, "hi", true), (data.MatchId, data.OpCode, data.Data.ToStringUtf8(), data.Reliable));
            Assert.Equal((anna.UserIdText, anna.IdText, "anna"), (data.Presence.UserId, data.Presence.SessionId, data.Presence.Username));
        }
    }

    [Fact]
    public async Task Named_players_alone_get_data_whatever_user_they_are_said_to_be()
    {
        var (id, anna, ben, cara) = await TableAsync();

        await SendAsync(anna, id, Named(ben.IdText, cara.UserIdText), Named(ben.IdText, cara.UserIdText), Named(Guid.NewGuid().ToString(), ben.UserIdText));

        Assert.Equal((0, 1, 0), (anna.MatchData().Count(), ben.MatchData().Count(), cara.MatchData().Count()));
    }

    [Fact]
    public async Task The_sender_gets_data_back_when_named()
    {
        var (id, anna, ben, _) = await TableAsync();

        await SendAsync(anna, id, Named(anna.IdText, anna.UserIdText), Named(ben.IdText, ben.UserIdText));

        Assert.Equal((1, 1), (anna.MatchData().Count(), ben.MatchData().Count()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public async Task Many_can_be_named(int others)
    {
        var (id, anna, ben, cara) = await TableAsync();
        var strangers = Enumerable.Range(0, others).Select(_ => Named(Guid.NewGuid().ToString(), anna.UserIdText));

        await SendAsync(anna, id, [.. strangers, Named(cara.IdText, cara.UserIdText)]);

        Assert.Equal((0, 1), (ben.MatchData().Count(), cara.MatchData().Count()));
    }

    [Theory]
    [InlineData(1, "x", "11111111-1111-4111-8111-111111111111")]
    [InlineData(1, "11111111-1111-4111-8111-111111111111", "x")]
    [InlineData(1, "11111111-1111-4111-8111-111111111111", "")]
    [InlineData(20, "x", "11111111-1111-4111-8111-111111111111")]
    public async Task One_name_that_is_none_makes_the_message_vanish(int others, string sessionId, string userId)
    {
        var (id, anna, ben, _) = await TableAsync();
        var good = Enumerable.Repeat(Named(ben.IdText, ben.UserIdText), others);

        await SendAsync(anna, id, [.. good, Named(sessionId, userId)]);

        Assert.Empty(ben.MatchData());
        Assert.DoesNotContain(anna.Received, envelope => envelope.Error is not null);
    }

    [Fact]
    public async Task Strangers_and_those_who_have_left_are_not_heard_and_not_answered()
    {
        var (id, anna, ben, cara) = await TableAsync();
        var stranger = _house.Open("eve");
        await _house.AskAsync(cara, $$"""
            "match_leave":{"match_id":"{{id}}"}
            """);
        var heard = cara.Received.Count;

        await SendAsync(stranger, id);
        await SendAsync(cara, id);
        await SendAsync(anna, "11111111-1111-4111-8111-111111111111.");
        await SendAsync(anna, "11111111-1111-4111-8111-111111111111.house");
        await SendAsync(anna, "11111111-1111-4111-8111-111111111111.elsewhere");

        Assert.Empty(ben.MatchData());
        Assert.Empty(stranger.Received);
        Assert.Equal(heard, cara.Received.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bad")]
    [InlineData("bad.")]
    public async Task An_id_that_is_none_is_refused_without_the_cid(string id)
    {
        var anna = _house.Open();

        await _house.SayAsync(anna, "{\"cid\":\"7\",\"match_data_send\":{\"match_id\":\"" + id + "\"}}");

        var refusal = Assert.Single(anna.Received);
        Assert.Equal(("", 3, "Invalid match ID"), (refusal.Cid, refusal.Error.Code, refusal.Error.Message));
    }

    [Fact]
    public async Task Data_of_each_sender_arrives_in_the_order_it_was_sent()
    {
        const int Messages = 500;
        var (id, anna, ben, cara) = await TableAsync();

        await Task.WhenAll(new[] { anna, ben }.Select(sender => Task.Run(async () =>
        {
            for (var i = 1; i <= Messages; i++)
                await _house.ProcessAsync(sender, new Envelope { MatchDataSend = new MatchDataSend { MatchId = id, OpCode = i } });
        })));

        foreach (var sender in (ListeningSession[])[anna, ben])
        {
            var codes = cara.MatchData().Where(data => data.Presence.SessionId == sender.IdText).Select(data => data.OpCode);
            Assert.Equal(Enumerable.Range(1, Messages).Select(i => (long)i), codes);
        }
    }

    [Fact]
    public async Task All_who_hear_a_message_share_its_bytes_and_the_data_is_not_copied()
    {
        var (id, anna, ben, cara) = await TableAsync();
        var send = new MatchDataSend { MatchId = id, Data = Google.Protobuf.ByteString.CopyFromUtf8("payload") };

        await _house.ProcessAsync(anna, new Envelope { MatchDataSend = send });

        Assert.Same(ben.MatchData().Single(), cara.MatchData().Single());
        Assert.Same(send.Data, ben.MatchData().Single().Data);
    }

    public void Dispose() => _house.Dispose();

    private async Task<(string Id, ListeningSession Anna, ListeningSession Ben, ListeningSession Cara)> TableAsync()
    {
        var (anna, ben, cara) = (_house.Open("anna"), _house.Open("ben"), _house.Open("cara"));
        var id = (await _house.AskAsync(anna, "\"match_create\":{}"))!.Match.MatchId;
        foreach (var other in (ListeningSession[])[ben, cara])
        {
            await _house.AskAsync(other, $$"""
                "match_join":{"match_id":"{{id}}"}
                """);
        }
        return (id, anna, ben, cara);
    }

    private static WireUserPresence Named(string sessionId, string userId) => new() { SessionId = sessionId, UserId = userId };

    private Task SendAsync(ListeningSession sender, string id, params WireUserPresence[] named) =>
        _house.ProcessAsync(sender, new Envelope
        {
            Cid = id.Length.ToString(CultureInfo.InvariantCulture),
            MatchDataSend = new MatchDataSend { MatchId = id, OpCode = 1, Presences = { named } },
        }).AsTask();
}
