using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;
using static Nakama.Tests.Parties.PartyTable;
using NodeSession = Nakama.Server.Sessions.Session;
using WirePartyDataSend = Nakama.Protocol.Realtime.PartyDataSend;
using WirePartyJoin = Nakama.Protocol.Realtime.PartyJoin;
using WirePartyLeave = Nakama.Protocol.Realtime.PartyLeave;
using WirePartyPromote = Nakama.Protocol.Realtime.PartyPromote;
using WirePartyRemove = Nakama.Protocol.Realtime.PartyRemove;
using WireUserPresence = Nakama.Protocol.Realtime.UserPresence;

namespace Nakama.Tests.Parties;

/// <summary>Many who want the same thing at the same moment.</summary>
public sealed class PartyRaces
{
    [Fact]
    public async Task Of_many_who_want_the_last_seats_only_as_many_get_in_as_there_are()
    {
        using var house = new LiveHouse();
        for (var round = 0; round < 100; round++)
        {
            var leader = house.Open("leader");
            var id = await house.CreatePartyAsync(leader, maxSize: 4);
            ListeningSession[] crowd = [.. Enumerable.Range(0, 12).Select(i => house.Open($"m{i}"))];

            await TogetherAsync(crowd, session => house.ProcessAsync(session, Join(id)));
            await house.SettledAsync();

            var inside = crowd.Where(session => session.Count(Envelope.MessageOneofCase.Party) == 1).ToArray();
            Assert.Equal(3, inside.Length);
            Assert.All(crowd.Except(inside), session => Assert.Equal("error Error joining party: party full", Assert.Single(session.Story())));
            Assert.Equal(4, house.Tracker.CountIn(StreamOf(id)));
            foreach (var session in crowd.Append(leader)) session.Close(SessionClose.PeerClosed);
        }
        await house.SettledAsync();
        Assert.Equal(0, house.Tracker.Count);
    }

    [Fact]
    public async Task Seats_leaders_and_presences_agree_after_a_storm_of_comings_and_goings()
    {
        using var house = new LiveHouse();
        for (var round = 0; round < 30; round++)
        {
            // The host stays, so that the party does.
            var host = house.Open("host");
            var id = await house.CreatePartyAsync(host, maxSize: 5);
            ListeningSession[] crowd = [.. Enumerable.Range(0, 8).Select(i => house.Open($"m{i}"))];

            await TogetherAsync(crowd, async session =>
            {
                var random = new Random(session.Username.GetHashCode(StringComparison.Ordinal) + round);
                for (var step = 0; step < 40; step++)
                {
                    var about = crowd[random.Next(crowd.Length)];
                    await house.ProcessAsync(session, random.Next(6) switch
                    {
                        0 or 1 => Join(id),
                        2 => new Envelope { PartyLeave = new WirePartyLeave { PartyId = id } },
                        3 => new Envelope { PartyDataSend = new WirePartyDataSend { PartyId = id } },
                        4 => new Envelope { PartyRemove = new WirePartyRemove { PartyId = id, Presence = PresenceOf(about) } },
                        _ => new Envelope { PartyPromote = new WirePartyPromote { PartyId = id, Presence = PresenceOf(about) } },
                    });
                }
            });
            foreach (var session in crowd[..4]) session.Close(SessionClose.PeerClosed);
            await house.SettledAsync();

            var present = house.Tracker.List(StreamOf(id)).Select(presence => house.Get<SessionRegistry>().Find(presence.SessionId)!).ToArray();
            Assert.InRange(present.Length, 1, 5);
            Assert.Contains(host, present);
            await AssertAgreesAsync(house, id, present);
            foreach (var session in crowd.Append(host)) session.Close(SessionClose.PeerClosed);
            await house.SettledAsync();
            Assert.Equal((3, "Error joining party: party not found"), await house.RefusalAsync(house.Open(), Say("party_join", id)));
        }
    }

    [Fact]
    public async Task Who_leaves_and_comes_back_at_once_keeps_a_seat()
    {
        using var house = new LiveHouse();
        for (var round = 0; round < 200; round++)
        {
            var (anna, ben, eve) = (house.Open("anna"), house.Open("ben"), house.Open("eve"));
            var id = await house.CreatePartyAsync(anna, maxSize: 3);
            await house.JoinPartyAsync(ben, id);

            await house.ProcessAsync(ben, new Envelope { PartyLeave = new WirePartyLeave { PartyId = id } });
            await house.ProcessAsync(ben, Join(id));
            await house.ProcessAsync(eve, Join(id));
            await house.SettledAsync();

            var isIn = house.Tracker.Find(ben, StreamOf(id)) is not null;
            Assert.True(isIn);
            Assert.Null((await house.AskAsync(ben, Say("party_data_send", id)))!.Error);
        }
    }

    /// <summary>A leader who is asked, and a member who sends, know the party as the tracker does.</summary>
    private static async Task AssertAgreesAsync(LiveHouse house, string id, NodeSession[] present)
    {
        var leaders = 0;
        foreach (var session in present.Cast<ListeningSession>())
        {
            Assert.Null((await house.AskAsync(session, Say("party_data_send", id)))!.Error);
            if ((await house.AskAsync(session, Say("party_join_request_list", id)))!.Error is null) leaders++;
        }
        Assert.Equal(1, leaders);
        // Once more into the same seats: a free one is taken, a full party says so.
        var late = house.Open("late");
        var answer = await house.JoinPartyAsync(late, id);
        Assert.Equal(present.Length == 5, answer!.Error is not null);
        if (answer.Error is null)
        {
            var party = late.Received.Single(envelope => envelope.MessageCase == Envelope.MessageOneofCase.Party).Party;
            Assert.Equal(
                present.Select(session => session.IdText).Append(late.IdText).Order(), party.Presences.Select(presence => presence.SessionId).Order());
        }
        late.Close(SessionClose.PeerClosed);
    }

    private static Envelope Join(string id) => new() { PartyJoin = new WirePartyJoin { PartyId = id } };

    private static WireUserPresence PresenceOf(ListeningSession session) =>
        new() { UserId = session.UserIdText, SessionId = session.IdText, Username = session.Username };

    private static StreamId StreamOf(string id) => new(StreamMode.Party, Guid.Parse(id.Split('.')[0]), Guid.Empty, "house");

    private static async Task TogetherAsync(ListeningSession[] sessions, Func<ListeningSession, ValueTask> act)
    {
        using var start = new ManualResetEventSlim();
        var running = sessions.Select(session => Task.Run(async () =>
        {
            start.Wait();
            await act(session);
        })).ToArray();
        start.Set();
        await Task.WhenAll(running);
    }
}
