using Nakama.Tests.TestHost;

namespace Nakama.Tests.Sdk;

/// <summary>The official .NET client, unmodified: friends, groups and notifications.</summary>
public sealed class DotNetFriendsAndGroups(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly Client _client = fixture.Server.Client();

    [Fact]
    public async Task Friends_are_invited_accepted_listed_blocked_and_deleted()
    {
        var (anna, ben, carl) = (await SignInAsync(), await SignInAsync(), await SignInAsync());

        await _client.AddFriendsAsync(anna, [ben.UserId], [carl.Username]);
        await _client.AddFriendsAsync(ben, [anna.UserId]);
        await _client.AddFriendsAsync(carl, [], [anna.Username]);
        var first = await _client.ListFriendsAsync(anna, 0, 1, "");
        var second = await _client.ListFriendsAsync(anna, 0, 1, first.Cursor);
        var told = await _client.ListNotificationsAsync(anna, 10);
        await _client.DeleteNotificationsAsync(anna, told.Notifications.Select(notification => notification.Id));
        await _client.BlockFriendsAsync(anna, [ben.UserId]);
        await _client.DeleteFriendsAsync(anna, [carl.UserId]);
        var left = await _client.ListFriendsAsync(anna, null, 10, "");

        Assert.Equal((ben.UserId, carl.UserId), (first.Friends.Single().User.Id, second.Friends.Single().User.Id));
        Assert.Equal([-3, -3], told.Notifications.Select(notification => notification.Code));
        Assert.Empty((await _client.ListNotificationsAsync(anna, 10)).Notifications);
        Assert.Equal((ben.UserId, 3), (left.Friends.Single().User.Id, left.Friends.Single().State));
    }

    [Fact]
    public async Task A_group_is_made_joined_managed_and_deleted()
    {
        var (anna, ben, carl) = (await SignInAsync(), await SignInAsync(), await SignInAsync());
        var name = Unique.Name("group");

        var group = await _client.CreateGroupAsync(anna, name, "about chess", "", "en", true, 10);
        await _client.JoinGroupAsync(ben, group.Id);
        await _client.AddGroupUsersAsync(anna, group.Id, [carl.UserId]);
        await _client.PromoteGroupUsersAsync(anna, group.Id, [ben.UserId]);
        await _client.UpdateGroupAsync(ben, group.Id, null, false, "about checkers");
        var users = await _client.ListGroupUsersAsync(anna, group.Id, null, 10, "");
        var groups = await _client.ListUserGroupsAsync(carl, null, 10, "");
        var found = await _client.ListGroupsAsync(carl, name + "%", 10);
        await _client.DemoteGroupUsersAsync(anna, group.Id, [ben.UserId]);
        await _client.BanGroupUsersAsync(anna, group.Id, [ben.UserId]);
        await _client.KickGroupUsersAsync(anna, group.Id, [carl.UserId]);
        var refusal = await Assert.ThrowsAsync<ApiResponseException>(() => _client.DeleteGroupAsync(carl, group.Id));
        await _client.DeleteGroupAsync(anna, group.Id);

        Assert.Equal(
            [(anna.UserId, 0), (ben.UserId, 1), (carl.UserId, 2)], users.GroupUsers.Select(member => (member.User.Id, member.State)));
        Assert.Equal((group.Id, 2), (groups.UserGroups.Single().Group.Id, groups.UserGroups.Single().State));
        Assert.Equal(("about checkers", false, 3), (found.Groups.Single().Description, found.Groups.Single().Open, found.Groups.Single().EdgeCount));
        Assert.Equal("Group not found or you're not allowed to delete.", refusal.Message);
        Assert.Empty((await _client.ListGroupsAsync(anna, name, 10)).Groups);
    }

    [Fact]
    public async Task A_socket_hears_of_invitations_and_of_who_joins_the_group()
    {
        var (anna, ben) = (await SignInAsync(), await SignInAsync());
        var socket = Socket.From(_client);
        var invited = new TaskCompletionSource<IApiNotification>();
        var joined = new TaskCompletionSource<IApiChannelMessage>();
        socket.ReceivedNotification += invited.SetResult;
        socket.ReceivedChannelMessage += joined.SetResult;
        await socket.ConnectAsync(anna);
        var group = await _client.CreateGroupAsync(anna, Unique.Name("group"));
        await socket.JoinChatAsync(group.Id, ChannelType.Group, true, false);

        await _client.AddFriendsAsync(ben, [anna.UserId]);
        await _client.JoinGroupAsync(ben, group.Id);

        Assert.Equal((-2, ben.UserId), ((await invited.Task.WaitAsync(TestSocket.Patience)).Code, (await invited.Task).SenderId));
        Assert.Equal((3, ben.UserId), ((await joined.Task.WaitAsync(TestSocket.Patience)).Code, (await joined.Task).SenderId));
        await socket.CloseAsync();
    }

    private Task<ISession> SignInAsync() => _client.AuthenticateDeviceAsync(Unique.Id(), Unique.Name());
}
