using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;
using NodeSession = Nakama.Server.Sessions.Session;
using WireUserPresence = Nakama.Protocol.Realtime.UserPresence;

namespace Nakama.Tests.Streams;

/// <summary>What game logic does with streams.</summary>
public sealed class StreamsOfGameLogic : IDisposable
{
    private static readonly StreamId Arena = new(77, Guid.Empty, Guid.Empty, "arena");

    private readonly LiveHouse _house = new();
    private readonly ListeningSession _anna;
    private readonly ListeningSession _ghost;

    public StreamsOfGameLogic() => (_anna, _ghost) = (_house.Open("anna"), _house.Open("ghost"));

    private StreamAccess Streams => _house.Get<StreamAccess>();

    [Fact]
    public async Task Joining_again_changes_nothing_and_an_update_does()
    {
        Assert.True(await Join(_anna, new PresenceMeta(false, true, "one")));
        Assert.False(await Join(_anna, new PresenceMeta(true, false, "two")));
        Assert.Equal("one", Streams.Find(_anna.UserId, _anna.Id, Arena)!.Meta.Status);

        await Streams.UpdateAsync(_anna.UserId, _anna.Id, Arena, new PresenceMeta(true, false, "three"), default);
        await _house.SettledAsync();

        Assert.Equal(new PresenceMeta(true, false, "three"), Streams.Find(_anna.UserId, _anna.Id, Arena)!.Meta);
        Assert.Equal(["+anna", "-anna"], _anna.Story());
    }

    [Fact]
    public async Task The_hidden_and_the_visible_are_listed_and_counted()
    {
        await Join(_anna, default);
        await Join(_ghost, new PresenceMeta(true, false, ""));

        Assert.Equal(2, Streams.Count(Arena));
        Assert.Equal(2, Streams.List(Arena, includeHidden: true, includeVisible: true).Count);
        Assert.Equal(_ghost.Id, Assert.Single(Streams.List(Arena, includeHidden: true, includeVisible: false)).SessionId);
        Assert.Equal(_anna.Id, Assert.Single(Streams.List(Arena, includeHidden: false, includeVisible: true)).SessionId);
        Assert.Empty(Streams.List(Arena, includeHidden: false, includeVisible: false));
        Assert.Null(Streams.Find(_anna.UserId, _ghost.Id, Arena));
    }

    [Fact]
    public async Task Leaving_is_told_and_closing_is_not()
    {
        await Join(_anna, default);
        await Join(_ghost, new PresenceMeta(true, false, ""));
        await _house.SettledAsync();
        var heard = _ghost.Received.Count;

        Streams.Leave(_anna.UserId, _anna.Id, Arena);
        Streams.Leave(_anna.UserId, _anna.Id, Arena);
        await _house.SettledAsync();
        await Join(_anna, default);
        Streams.Close(Arena);
        await _house.SettledAsync();

        Assert.Equal(0, Streams.Count(Arena));
        Assert.Equal(["-anna"], _ghost.Story(heard).Where(line => line.StartsWith('-')));
    }

    [Fact]
    public async Task Data_goes_to_the_stream_or_to_the_named_wherever_they_are()
    {
        var stranger = _house.Open("eve");
        await Join(_anna, default);
        await Join(_ghost, new PresenceMeta(true, false, ""));

        Streams.Send(Arena, "to all", null, isReliable: true);
        Streams.Send(Arena, "to all too", [], isReliable: false);
        Streams.Send(Arena, "to eve", [stranger.Id, Guid.NewGuid()], isReliable: true);
        Streams.SendRaw(Arena, new Envelope { Pong = new Pong() }, [stranger.Id]);

        Assert.Equal(["to all", "to all too"], Data(_anna));
        Assert.Equal(["to all", "to all too"], Data(_ghost));
        Assert.Equal(["to eve"], Data(stranger));
        Assert.NotNull(stranger.Received[^1].Pong);
        var message = _anna.Received.First(envelope => envelope.StreamData is not null).StreamData;
        Assert.Equal((77, "arena", "", true, null as WireUserPresence), (message.Stream.Mode, message.Stream.Label, message.Stream.Subject, message.Reliable, message.Sender));
    }

    [Fact]
    public async Task Sessions_that_cannot_be_put_there_are_told_apart()
    {
        var gone = _house.Open();
        gone.Close(SessionClose.ServerSide);

        Assert.Equal((StreamErrorReason.OtherNode, "node not found"), await Fault(_anna.UserId, Guid.NewGuid()));
        Assert.Equal((StreamErrorReason.SessionUnknown, "session id does not exist"), await Fault(gone.UserId, gone.Id));
        Assert.Equal((StreamErrorReason.SessionUnknown, "session id does not exist"), await Fault(Guid.NewGuid(), _anna.Id));
        Assert.Throws<StreamException>(() => Streams.Leave(_anna.UserId, Guid.NewGuid(), Arena));
        Streams.Leave(gone.UserId, gone.Id, Arena);
    }

    [Fact]
    public async Task Being_put_into_a_room_a_match_or_a_party_is_as_good_as_joining_it()
    {
        var ben = _house.Open("ben");
        var match = (await _house.AskAsync(ben, "\"match_create\":{}"))!.Match.MatchId;
        var party = (await _house.AskAsync(ben, "\"party_create\":{\"max_size\":2}"))!.Party.PartyId;

        await Streams.JoinAsync(_anna.UserId, _anna.Id, new StreamId(StreamMode.RelayedMatch, Guid.Parse(match.TrimEnd('.'))), default, default);
        await Streams.JoinAsync(_anna.UserId, _anna.Id, PartyStream(party), default, default);
        await Streams.JoinAsync(_ghost.UserId, _ghost.Id, PartyStream(party), default, default);
        await _house.SettledAsync();
        await _house.AskAsync(_anna, $$"""
            "match_data_send":{"match_id":"{{match}}"}
            """);
        var sent = await _house.AskAsync(_anna, $$"""
            "party_data_send":{"party_id":"{{party}}"}
            """);

        Assert.Single(ben.MatchData());
        Assert.Single(ben.PartyData());
        Assert.Null(sent!.Error);
        Assert.Contains("party ben+anna of ben", _anna.Story());
        // There was no seat left: it hears the others and is no member.
        Assert.Equal((3, "Error sending party data: party member not found"), await _house.RefusalAsync(_ghost, $$"""
            "party_data_send":{"party_id":"{{party}}"}
            """));
    }

    public void Dispose() => _house.Dispose();

    private static StreamId PartyStream(string id) => new(StreamMode.Party, Guid.Parse(id.Split('.')[0]), Guid.Empty, "house");

    private static IEnumerable<string> Data(ListeningSession session) =>
        session.Received.Where(envelope => envelope.StreamData is not null).Select(envelope => envelope.StreamData.Data);

    private async Task<(StreamErrorReason Fault, string Text)> Fault(Guid userId, Guid sessionId)
    {
        var joining = await Assert.ThrowsAsync<StreamException>(async () => await Streams.JoinAsync(userId, sessionId, Arena, default, default));
        var updating = await Assert.ThrowsAsync<StreamException>(async () => await Streams.UpdateAsync(userId, sessionId, Arena, default, default));
        Assert.Equal(joining.Fault, updating.Fault);
        return (joining.Fault, joining.Message);
    }

    private ValueTask<bool> Join(NodeSession session, PresenceMeta meta) =>
        Streams.JoinAsync(session.UserId, session.Id, Arena, meta, default);
}
