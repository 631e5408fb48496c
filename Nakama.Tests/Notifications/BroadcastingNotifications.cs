using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Notifications;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Notifications;

/// <summary>What only the server does with notifications: to everyone, by id, and changes.</summary>
public sealed class BroadcastingNotifications(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private NotificationStore Store => Server.Services.GetRequiredService<NotificationStore>();

    [Fact]
    public async Task Everyone_gets_a_notification_of_his_own_and_who_is_there_hears_it()
    {
        var players = await Server.PlayersAsync(3);
        await using var socket = await Server.OpenSocketAsync(players[1]);
        await socket.AskAsync("\"ping\":{}");

        Assert.True(Server.Services.GetRequiredService<NotificationBroadcast>().TrySend(PendingClause(Guid.Empty, "to all")));
        var live = (await socket.ReceiveAsync("notifications")).GetProperty("notifications")[0];

        Assert.Equal("to all", live.Text("subject"));
        List<string> ids = [];
        foreach (var player in players)
        {
            var list = (await Server.AsAsync(player.Token, "GET /v2/notification?limit=10")).Ok().Body;
            ids.Add(Assert.Single(list.List("notifications")).Text("id"));
        }
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Contains(live.Text("id"), ids);
    }

    [Fact]
    public async Task The_server_reads_changes_and_deletes_by_id()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        NotificationRequest[] drafts = [PendingClause(anna.UserId, "a"), PendingClause(ben.UserId, "b")];
        await Store.InsertAsync(drafts, default);
        Guid[] ids = [drafts[0].Id, drafts[1].Id, Guid.NewGuid()];

        await Store.UpdateAsync(
            [new(ids[1], """{"new":1}""", null, anna.UserId), new(ids[0], null, "changed", null), new(ids[2], null, "nothing", null)], default);
        var all = (await Store.GetAsync(ids, null, default)).OrderBy(notification => notification.Subject).ToList();
        var ofBen = await Store.GetAsync(ids, ben.UserId, default);
        await Store.DeleteAsync(ids, anna.UserId, default);
        var left = await Store.GetAsync(ids, null, default);
        await Store.DeleteAsync(ids, null, default);

        Assert.Equal(
            [(ben.UserId, "b", """{"new": 1}""", anna.UserId), (anna.UserId, "changed", """{"x": 1}""", Guid.Empty)],
            all.Select(notification => (notification.UserId, notification.Subject, notification.Content, notification.SenderId)));
        Assert.Equal([ids[1]], ofBen.Select(notification => notification.Id));
        Assert.Equal([ids[1]], left.Select(notification => notification.Id));
        Assert.Empty(await Store.GetAsync(ids, null, default));
    }

    private static NotificationRequest PendingClause(Guid userId, string subject) => new(userId, subject, """{"x":1}""", 7, Guid.Empty, IsPersistent: true);
}
