using Nakama.Tests.TestHost;

namespace Nakama.Tests.Chat;

/// <summary>Sending, changing and removing messages.</summary>
public sealed class TalkingInChannels(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string SomeMessage = "11111111-1111-4111-8111-111111111111";

    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task The_sender_sees_his_message_before_its_acknowledgement()
    {
        var anna = await _server.AuthenticateAsync();
        await using var socket = await _server.OpenSocketAsync(anna);
        var channel = await socket.JoinAsync(Unique.Name());

        await socket.SendAsync($$"""{"cid":"1",{{ChatTable.Send(channel, """{ "m" : "hi" }""")}}}""");
        var message = await socket.ReceiveAsync("channel_message");
        var ack = await socket.ReceiveAsync("channel_message_ack");

        Assert.Equal("""{ "m" : "hi" }""", message.Text("content"));
        Assert.Equal(anna.UserId.ToString(), message.Text("sender_id"));
        Assert.Equal(0, message.GetProperty("code").GetInt32());
        Assert.Equal(message.Text("create_time"), message.Text("update_time"));
        Assert.Equal(message.Text("message_id"), ack.Text("message_id"));
        Assert.Equal(0, ack.GetProperty("code").GetInt32());
        Assert.Equal("", ack.Text("sender_id") + ack.Text("content"));
    }

    [Fact]
    public async Task Everyone_in_the_channel_gets_the_messages_in_the_order_of_sending()
    {
        await using var sender = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        await using var listener = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        var channel = await sender.JoinAsync(Unique.Name(), more: ",\"persistence\":false");
        await listener.JoinAsync(channel[4..]);

        for (var i = 0; i < 20; i++) await sender.SayAsync(channel, $$"""{"n":{{i}}}""");

        for (var i = 0; i < 20; i++)
            Assert.Equal($$"""{"n":{{i}}}""", (await listener.ReceiveAsync("channel_message")).Text("content"));
    }

    [Fact]
    public async Task A_changed_message_keeps_its_id_and_birth_and_a_removed_one_is_gone_from_the_history()
    {
        var anna = await _server.AuthenticateAsync();
        await using var socket = await _server.OpenSocketAsync(anna);
        var channel = await socket.JoinAsync(Unique.Name());
        var id = (await socket.SayAsync(channel, """{"m":1}""")).Text("message_id");

        var updated = (await socket.AskAsync(ChatTable.Update(channel, id, """{"m":2}"""))).GetProperty("channel_message_ack");
        var (_, afterUpdate) = await _server.RequestAsync(anna, $"/v2/channel/{channel}?limit=10");
        var removed = (await socket.AskAsync(ChatTable.Remove(channel, id))).GetProperty("channel_message_ack");
        var (_, afterRemove) = await _server.RequestAsync(anna, $"/v2/channel/{channel}?limit=10");

        Assert.Equal((1, id), (updated.GetProperty("code").GetInt32(), updated.Text("message_id")));
        var stored = Assert.Single(afterUpdate.GetProperty("messages").EnumerateArray());
        Assert.Equal((0, """{"m": 2}"""), (stored.GetProperty("code").GetInt32(), stored.Text("content")));
        Assert.Equal(updated.Text("create_time"), stored.Text("create_time"));
        Assert.True(stored.GetProperty("update_time").GetDateTime() > stored.GetProperty("create_time").GetDateTime());
        Assert.Equal((2, stored.Text("create_time")), (removed.GetProperty("code").GetInt32(), removed.Text("create_time")));
        Assert.False(afterRemove.TryGetProperty("messages", out _));
    }

    [Fact]
    public async Task Only_the_sender_may_change_or_remove_a_stored_message()
    {
        await using var sender = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        await using var other = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        var channel = await sender.JoinAsync(Unique.Name());
        await other.JoinAsync(channel[4..]);
        var id = (await sender.SayAsync(channel, "{}")).Text("message_id");

        Assert.Equal((3, "Could not find message to update in channel history"), await other.RefusalAsync(ChatTable.Update(channel, id, "{}")));
        Assert.Equal((3, "Could not find message to remove in channel history"), await other.RefusalAsync(ChatTable.Remove(channel, id)));
    }

    [Fact]
    public async Task Members_without_persistence_leave_no_trace_and_may_name_any_message()
    {
        var anna = await _server.AuthenticateAsync();
        await using var socket = await _server.OpenSocketAsync(anna);
        var channel = await socket.JoinAsync(Unique.Name(), more: ",\"persistence\":false");

        var sent = await socket.SayAsync(channel, "{}");
        var updated = (await socket.AskAsync(ChatTable.Update(channel, SomeMessage, """{"x":1}"""))).GetProperty("channel_message_ack");
        var removed = (await socket.AskAsync(ChatTable.Remove(channel, SomeMessage))).GetProperty("channel_message_ack");
        var (_, history) = await _server.RequestAsync(anna, $"/v2/channel/{channel}?limit=10");

        Assert.All([sent, updated, removed], ack => Assert.False(ack.GetProperty("persistent").GetBoolean()));
        Assert.Equal(SomeMessage, updated.Text("message_id"));
        Assert.Empty(history.EnumerateObject());
    }

    [Fact]
    public async Task A_removal_shows_an_empty_object_to_everyone()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        var channel = await socket.JoinAsync(Unique.Name(), more: ",\"persistence\":false");

        await socket.SendAsync($$"""{"cid":"1",{{ChatTable.Remove(channel, SomeMessage)}}}""");
        var message = await socket.ReceiveAsync("channel_message");

        Assert.Equal((2, "{}", SomeMessage), (message.GetProperty("code").GetInt32(), message.Text("content"), message.Text("message_id")));
    }

    [Fact]
    public async Task Refusals_come_in_the_order_of_the_checks()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());

        Assert.Equal((3, "Invalid message identifier"), await socket.RefusalAsync(ChatTable.Update("bad", "bad", "bad")));
        Assert.Equal((3, "Invalid channel identifier"), await socket.RefusalAsync(ChatTable.Update("bad", SomeMessage, "bad")));
        Assert.Equal((3, "Message content must be a valid JSON object"), await socket.RefusalAsync(ChatTable.Update("2...x", SomeMessage, "bad")));
        Assert.Equal((3, "Must join channel before updating messages"), await socket.RefusalAsync(ChatTable.Update("2...x", SomeMessage, "{}")));
        Assert.Equal((3, "Invalid message identifier"), await socket.RefusalAsync(ChatTable.Remove("bad", "bad")));
        Assert.Equal((3, "Invalid channel identifier"), await socket.RefusalAsync(ChatTable.Remove("bad", SomeMessage)));
        Assert.Equal((3, "Must join channel before removing messages"), await socket.RefusalAsync(ChatTable.Remove("2...x", SomeMessage)));
        Assert.Equal((3, "Invalid channel identifier"), await socket.RefusalAsync(ChatTable.Send("bad", "bad")));
        Assert.Equal((3, "Message content must be a valid JSON object"), await socket.RefusalAsync(ChatTable.Send("2...x", "[]")));
        Assert.Equal((3, "Must join channel before sending messages"), await socket.RefusalAsync(ChatTable.Send("2...x", "{}")));
    }

    [Fact]
    public async Task What_the_database_cannot_keep_is_refused_and_nobody_hears_of_it()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        var channel = await socket.JoinAsync(Unique.Name());

        var refusal = await socket.RefusalAsync(ChatTable.Send(channel, """{"a":"\ud800"}"""));
        await socket.SendAsync($$"""{"cid":"2",{{ChatTable.Send(channel, """{"next":1}""")}}}""");

        Assert.Equal((0, "Could not persist message to channel history"), refusal);
        Assert.Equal("""{"next":1}""", (await socket.ReceiveAsync("channel_message")).Text("content"));
    }
}
