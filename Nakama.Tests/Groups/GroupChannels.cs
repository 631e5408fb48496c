using System.Text.Json;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Groups;

/// <summary>What a group's channel hears of its members.</summary>
public sealed class GroupChannels(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Every_change_of_a_member_is_said_live_and_kept()
    {
        var players = await Server.PlayersAsync(4);
        var (anna, ben) = (players[0], players[1]);
        var group = await Server.CreateGroupAsync(anna);
        await using var socket = await Server.OpenSocketAsync(anna);
        var channel = await socket.JoinAsync(group.ToString(), type: 3);

        (await Server.JoinGroupAsync(ben, group)).Ok();
        (await Server.ManageAsync(anna, "promote", group, ben)).Ok();
        (await Server.ManageAsync(anna, "demote", group, ben)).Ok();
        (await Server.LeaveGroupAsync(ben, group)).Ok();
        (await Server.ManageAsync(anna, "add", group, players[2], players[3])).Ok();
        (await Server.ManageAsync(anna, "kick", group, players[2])).Ok();
        (await Server.ManageAsync(anna, "ban", group, players[3])).Ok();
        List<JsonElement> live = [];
        for (var i = 0; i < 8; i++) live.Add(await socket.ReceiveAsync("channel_message"));
        var kept = (await Server.AsAsync(anna.Token, $"GET /v2/channel/{channel}?limit=100")).Ok().Body.List("messages").ToList();

        (int, TestPlayer)[] expected =
            [(3, ben), (7, ben), (9, ben), (5, ben), (4, players[2]), (4, players[3]), (6, players[2]), (8, players[3])];
        Assert.Equal(
            expected.Select(change => (change.Item1, change.Item2.UserId.ToString(), change.Item2.Username)).Order(),
            live.Select(message => (message.GetProperty("code").GetInt32(), message.Text("sender_id"), message.Text("username"))).Order());
        Assert.Equal(live.Select(message => message.Text("message_id")).Order(), kept.Select(message => message.Text("message_id")).Order());
        Assert.All(live, message => Assert.Equal(
            ("{}", "True", group.ToString(), channel),
            (message.Text("content"), message.Text("persistent"), message.Text("group_id"), message.Text("channel_id"))));
    }

    [Theory]
    [InlineData("leave", 5)]
    [InlineData("kick", 6)]
    [InlineData("ban", 8)]
    public async Task Who_goes_still_hears_it_and_then_is_out_of_the_channel(string deed, int code)
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var group = await Server.CreateGroupAsync(anna);
        await Server.JoinGroupAsync(ben, group);
        await using var hers = await Server.OpenSocketAsync(anna);
        await using var his = await Server.OpenSocketAsync(ben);
        var channel = await his.JoinAsync(group.ToString(), type: 3);
        await hers.JoinAsync(group.ToString(), type: 3);

        (deed == "leave" ? await Server.LeaveGroupAsync(ben, group) : await Server.ManageAsync(anna, deed, group, ben)).Ok();

        Assert.Equal(code, (await his.ReceiveAsync("channel_message")).GetProperty("code").GetInt32());
        Assert.Equal((3, "Must join channel before sending messages"), await his.RefusalAsync(ChatTable.Send(channel, "{}")));
        Assert.Equal(code, (await hers.ReceiveAsync("channel_message")).GetProperty("code").GetInt32());
        var left = await hers.ReceiveAsync("channel_presence_event");
        while (!left.TryGetProperty("leaves", out _)) left = await hers.ReceiveAsync("channel_presence_event");
        Assert.Equal(ben.UserId.ToString(), left.GetProperty("leaves")[0].Text("user_id"));
    }

    [Fact]
    public async Task A_withdrawn_request_is_said_and_a_refused_one_is_not()
    {
        var players = await Server.PlayersAsync(3);
        var group = await Server.CreateGroupAsync(players[0], open: false);
        await Server.JoinGroupAsync(players[1], group);
        await Server.JoinGroupAsync(players[2], group);

        (await Server.LeaveGroupAsync(players[1], group)).Ok();
        (await Server.ManageAsync(players[0], "kick", group, players[2])).Ok();

        var kept = (await Server.AsAsync(players[0].Token, $"GET /v2/channel/3.{group}..?limit=100")).Ok().Body.List("messages");
        Assert.Equal(["5"], kept.Select(message => message.Text("code")));
    }
}
