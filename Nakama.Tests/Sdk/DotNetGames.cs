using System.Text;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Sdk;

/// <summary>The official .NET client, unmodified, in matches and parties.</summary>
public sealed class DotNetGames(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Client _client = fixture.Server.Client();

    [Fact]
    public async Task Two_play_a_match()
    {
        await using var anna = await ConnectAsync();
        await using var ben = await ConnectAsync();
        var heard = new TaskCompletionSource<IMatchState>();
        var left = new TaskCompletionSource<IUserPresence>();
        ben.Socket.ReceivedMatchState += state => heard.TrySetResult(state);
        anna.Socket.ReceivedMatchPresence += change =>
        {
            if (change.Leaves.FirstOrDefault() is { } presence) left.TrySetResult(presence);
        };

        var match = await anna.Socket.CreateMatchAsync();
        var bens = await ben.Socket.JoinMatchAsync(match.Id);
        await anna.Socket.SendMatchStateAsync(match.Id, 7, "move");
        var state = await heard.Task.WaitAsync(Patience);
        await ben.Socket.LeaveMatchAsync(match.Id);

        Assert.Equal((match.Id, 1, false), (bens.Id, bens.Size, bens.Authoritative));
        Assert.Equal(anna.Session.UserId, Assert.Single(bens.Presences).UserId);
        Assert.Equal((7, "move", anna.Session.UserId), (state.OpCode, Encoding.UTF8.GetString(state.State), state.UserPresence.UserId));
        Assert.Equal(ben.Session.UserId, (await left.Task.WaitAsync(Patience)).UserId);
    }

    [Fact]
    public async Task A_match_that_is_not_there_is_an_error_with_its_code()
    {
        await using var anna = await ConnectAsync();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => anna.Socket.JoinMatchAsync($"{Guid.NewGuid()}."));

        Assert.Contains("Match not found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leader_lets_another_into_a_party_and_they_talk()
    {
        await using var anna = await ConnectAsync();
        await using var ben = await ConnectAsync();
        var asked = new TaskCompletionSource<IUserPresence>();
        var entered = new TaskCompletionSource<IParty>();
        var heard = new TaskCompletionSource<IPartyData>();
        var closed = new TaskCompletionSource<string>();
        anna.Socket.ReceivedPartyJoinRequest += request => asked.TrySetResult(request.Presences.First());
        anna.Socket.ReceivedPartyData += data => heard.TrySetResult(data);
        ben.Socket.ReceivedParty += party => entered.TrySetResult(party);
        ben.Socket.ReceivedPartyClose += close => closed.TrySetResult(close.PartyId);

        var party = await anna.Socket.CreatePartyAsync(open: false, hidden: false, maxSize: 2);
        await ben.Socket.JoinPartyAsync(party.Id);
        await anna.Socket.AcceptPartyMemberAsync(party.Id, await asked.Task.WaitAsync(Patience));
        var bens = await entered.Task.WaitAsync(Patience);
        await ben.Socket.SendPartyDataAsync(party.Id, 3, "hi");
        var data = await heard.Task.WaitAsync(Patience);
        await anna.Socket.ClosePartyAsync(party.Id);

        Assert.Equal((party.Id, false, 2, anna.Session.UserId), (bens.Id, bens.Open, bens.MaxSize, bens.Leader.UserId));
        Assert.Equal([anna.Session.UserId, ben.Session.UserId], bens.Presences.Select(presence => presence.UserId));
        Assert.Equal((3, "hi", ben.Session.UserId), (data.OpCode, Encoding.UTF8.GetString(data.Data), data.Presence.UserId));
        Assert.Equal(party.Id, await closed.Task.WaitAsync(Patience));
    }

    private async Task<Online> ConnectAsync()
    {
        var session = await _client.AuthenticateDeviceAsync(Unique.Id());
        var socket = Socket.From(_client);
        await socket.ConnectAsync(session, appearOnline: true);
        return new Online(session, socket);
    }

    private sealed record Online(ISession Session, ISocket Socket) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Socket.CloseAsync();
    }
}
