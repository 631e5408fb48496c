using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Notifications;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Notifications;

/// <summary>Sending, reading and deleting notifications.</summary>
public sealed class SendingNotifications(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    private NotificationSender Sender => _server.Services.GetRequiredService<NotificationSender>();

    [Fact]
    public async Task All_sockets_of_a_user_get_one_message_and_only_the_persistent_ones_are_kept()
    {
        var anna = await _server.AuthenticateAsync();
        await using var first = await _server.OpenSocketAsync(anna);
        await using var second = await _server.OpenSocketAsync(anna);
        await first.AskAsync("\"ping\":{}");
        await second.AskAsync("\"ping\":{}");
        var kept = PendingClause(anna, "kept", code: 11);

        Assert.True(await Sender.SendAsync([kept, PendingClause(anna, "live only", isPersistent: false)], default));
        var live = await first.ReceiveAsync("notifications");
        var (_, list) = await ListAsync(anna, "limit=10");

        Assert.Equal(live.GetRawText(), (await second.ReceiveAsync("notifications")).GetRawText());
        Assert.Equal(["kept", "live only"], Subjects(live));
        Assert.Equal(Guid.Empty.ToString(), live.GetProperty("notifications")[0].Text("sender_id"));
        var stored = Assert.Single(list.GetProperty("notifications").EnumerateArray());
        Assert.Equal((kept.Id.ToString(), "kept", "", "True"), (stored.Text("id"), stored.Text("subject"), stored.Text("sender_id"), stored.Text("persistent")));
        Assert.Equal("""{"x": 1}""", stored.Text("content"));
    }

    [Fact]
    public async Task A_receiver_who_does_not_exist_keeps_nobody_else_from_receiving()
    {
        var anna = await _server.AuthenticateAsync();

        Assert.True(await Sender.SendAsync([PendingClause(anna, "here"), PendingClause(anna, "nowhere") with { UserId = Guid.NewGuid() }], default));

        Assert.Equal(["here"], Subjects((await ListAsync(anna, "limit=10")).Body));
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_sent_either()
    {
        var anna = await _server.AuthenticateAsync();
        await using var socket = await _server.OpenSocketAsync(anna);
        await socket.AskAsync("\"ping\":{}");

        Assert.False(await Sender.SendAsync([PendingClause(anna, new string('x', 256)), PendingClause(anna, "lost with it")], default));
        Assert.False(await Sender.SendAsync([PendingClause(anna, "code too large", code: 40_000)], default));
        await Sender.SendAsync([PendingClause(anna, "next")], default);

        Assert.Equal(["next"], Subjects(await socket.ReceiveAsync("notifications")));
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended_and_stay_there_when_nothing_is_new()
    {
        var anna = await _server.AuthenticateAsync();
        foreach (var subject in new[] { "a", "b", "c" }) await Sender.SendAsync([PendingClause(anna, subject)], default);

        var (_, first) = await ListAsync(anna, "limit=2");
        var (_, second) = await ListAsync(anna, "limit=2&cacheable_cursor=" + first.Text("cacheable_cursor"));
        var (_, third) = await ListAsync(anna, "limit=2&cacheable_cursor=" + second.Text("cacheable_cursor"));

        Assert.Equal(["a", "b"], Subjects(first));
        Assert.Equal(["c"], Subjects(second));
        Assert.Equal(["cacheable_cursor"], third.EnumerateObject().Select(member => member.Name));
        Assert.Equal(second.Text("cacheable_cursor"), third.Text("cacheable_cursor"));
    }

    [Fact]
    public async Task A_cursor_of_the_reference_server_is_understood()
    {
        var anna = await _server.AuthenticateAsync();
        await Sender.SendAsync([PendingClause(anna, "a")], default);

        var (status, list) = await ListAsync(
            anna, "cacheable_cursor=S_-LAwEBG25vdGlmaWNhdGlvbkNhY2hlYWJsZUN1cnNvcgH_jAABAgEOTm90aWZpY2F0aW9uSUQBCgABCkNyZWF0ZVRpbWUBBAAAAAP_jAA");

        Assert.Equal(200, status);
        Assert.Equal(["a"], Subjects(list));
    }

    [Fact]
    public async Task Only_ones_own_notifications_are_deleted_and_the_default_page_holds_one()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        NotificationRequest[] drafts = [PendingClause(anna, "a"), PendingClause(anna, "b")];
        foreach (var draft in drafts) await Sender.SendAsync([draft], default);

        await _server.RequestAsync(ben, $"/v2/notification?ids={drafts[0].Id}", "DELETE");
        var (_, before) = await ListAsync(anna, "");
        await _server.RequestAsync(anna, $"/v2/notification?ids={drafts[0].Id}&ids={Guid.NewGuid()}", "DELETE");
        var (_, after) = await ListAsync(anna, "limit=10");

        Assert.Equal(["a"], Subjects(before));
        Assert.Equal(["b"], Subjects(after));
    }

    [Theory]
    [InlineData("GET", "limit=0", 400, "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("GET", "limit=101", 400, "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("GET", "cacheable_cursor=bad", 400, "Cursor is invalid.")]
    [InlineData("DELETE", "ids=bad", 500, "Error while deleting notifications.")]
    public async Task Other_requests_are_refused(string verb, string query, int status, string text)
    {
        var (answered, body) = await _server.RequestAsync(await _server.AuthenticateAsync(), "/v2/notification?" + query, verb);

        Assert.Equal((status, text), (answered, body.Text("message")));
    }

    private static NotificationRequest PendingClause(TestPlayer player, string subject, int code = 1, bool isPersistent = true) =>
        new(player.UserId, subject, """{"x":1}""", code, Guid.Empty, isPersistent);

    private Task<(int Status, JsonElement Body)> ListAsync(TestPlayer player, string query) =>
        _server.RequestAsync(player, "/v2/notification?" + query);

    private static IEnumerable<string> Subjects(JsonElement holder) =>
        holder.GetProperty("notifications").EnumerateArray().Select(notification => notification.Text("subject"));
}
