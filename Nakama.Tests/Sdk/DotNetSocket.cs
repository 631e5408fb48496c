using Nakama.Tests.TestHost;

namespace Nakama.Tests.Sdk;

/// <summary>The official .NET client, unmodified, over sockets.</summary>
public sealed class DotNetSocket(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Client _client = fixture.Server.Client();

    [Fact]
    public async Task Two_talk_in_a_room_and_the_history_keeps_what_they_said()
    {
        await using var anna = await ConnectAsync();
        await using var ben = await ConnectAsync();
        var room = Unique.Name("room");
        var heard = new TaskCompletionSource<IApiChannelMessage>();
        ben.Socket.ReceivedChannelMessage += message => heard.TrySetResult(message);

        var channel = await anna.Socket.JoinChatAsync(room, ChannelType.Room, persistence: true);
        var bensChannel = await ben.Socket.JoinChatAsync(room, ChannelType.Room, persistence: true);
        var ack = await anna.Socket.WriteChatMessageAsync(channel, """{"text":"hello"}""");
        var message = await heard.Task.WaitAsync(Patience);
        await ben.Socket.WriteChatMessageAsync(bensChannel, """{"text":"hi"}""");
        var history = await _client.ListChannelMessagesAsync(anna.Session, channel, 10);

        Assert.Equal(channel.Id, bensChannel.Id);
        Assert.Equal(anna.Session.UserId, Assert.Single(bensChannel.Presences).UserId);
        Assert.Equal(ack.MessageId, message.MessageId);
        Assert.Equal("""{"text":"hello"}""", message.Content.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal([anna.Session.UserId, ben.Session.UserId], history.Messages.Select(one => one.SenderId));
    }

    [Fact]
    public async Task Two_talk_alone_and_a_third_hears_nothing()
    {
        await using var anna = await ConnectAsync();
        await using var ben = await ConnectAsync();
        await using var eve = await ConnectAsync();
        var heard = new TaskCompletionSource<IApiChannelMessage>();
        var overheard = new List<IApiChannelMessage>();
        ben.Socket.ReceivedChannelMessage += message => heard.TrySetResult(message);
        eve.Socket.ReceivedChannelMessage += overheard.Add;

        var channel = await anna.Socket.JoinChatAsync(ben.Session.UserId, ChannelType.DirectMessage, persistence: true);
        await ben.Socket.JoinChatAsync(anna.Session.UserId, ChannelType.DirectMessage, persistence: true);
        await eve.Socket.JoinChatAsync(anna.Session.UserId, ChannelType.DirectMessage, persistence: true);
        await anna.Socket.WriteChatMessageAsync(channel, """{"text":"only you"}""");

        Assert.Equal(anna.Session.UserId, (await heard.Task.WaitAsync(Patience)).SenderId);
        // Her own answer comes after anything that was sent to her before.
        await eve.Socket.UpdateStatusAsync("here");
        Assert.Empty(overheard);
    }

    [Fact]
    public async Task A_follower_hears_of_a_new_status_and_of_the_end()
    {
        await using var anna = await ConnectAsync();
        var ben = await ConnectAsync();
        var busy = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        anna.Socket.ReceivedStatusPresence += change =>
        {
            if (change.Joins.Any(presence => presence.UserId == ben.Session.UserId && presence.Status == "busy")) busy.TrySetResult();
            if (change.Leaves.Any(presence => presence.UserId == ben.Session.UserId) && busy.Task.IsCompleted) gone.TrySetResult();
        };

        var status = await anna.Socket.FollowUsersAsync([ben.Session.UserId]);
        await ben.Socket.UpdateStatusAsync("busy");
        await busy.Task.WaitAsync(Patience);
        await ben.DisposeAsync();

        Assert.Equal(ben.Session.UserId, Assert.Single(status.Presences).UserId);
        await gone.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Leaving_a_room_is_told_to_who_stays()
    {
        await using var anna = await ConnectAsync();
        await using var ben = await ConnectAsync();
        var room = Unique.Name("room");
        var left = new TaskCompletionSource<IUserPresence>();
        anna.Socket.ReceivedChannelPresence += change =>
        {
            if (change.Leaves.FirstOrDefault() is { } presence) left.TrySetResult(presence);
        };

        await anna.Socket.JoinChatAsync(room, ChannelType.Room);
        await ben.Socket.LeaveChatAsync(await ben.Socket.JoinChatAsync(room, ChannelType.Room));

        Assert.Equal(ben.Session.UserId, (await left.Task.WaitAsync(Patience)).UserId);
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
