using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Accounts;

public sealed class OwnAccountTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_new_account_shows_its_name_its_device_and_defaults()
    {
        var player = await Server.AuthenticateAsync();

        var account = (await Server.AsAsync(player.Token, "GET /v2/account")).Ok().Body;

        Assert.Equal(["user", "wallet", "devices"], account.EnumerateObject().Select(field => field.Name));
        Assert.Equal("{}", account.GetProperty("wallet").GetString());
        Assert.Equal(player.DeviceId, account.GetProperty("devices")[0].GetProperty("id").GetString());
        var user = account.GetProperty("user");
        Assert.Equal(
            new[] { "create_time", "id", "lang_tag", "metadata", "update_time", "username" },
            user.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal((player.UserId.ToString(), player.Username, "en", "{}"), (
            user.GetProperty("id").GetString(), user.GetProperty("username").GetString(),
            user.GetProperty("lang_tag").GetString(), user.GetProperty("metadata").GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", user.GetProperty("create_time").GetString());
    }

    [Fact]
    public async Task What_is_absent_stays_and_what_is_empty_is_cleared()
    {
        var player = await Server.AuthenticateAsync();
        (await Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "Änne", location = "Köln", timezone = "CET", avatar_url = "x", lang_tag = "de" })).Ok();

        (await Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "" })).Ok();

        var user = (await Server.AsAsync(player.Token, "GET /v2/account")).Ok().Body.GetProperty("user");
        Assert.False(user.TryGetProperty("display_name", out _));
        Assert.Equal(("Köln", "CET", "x", "de"), (
            user.GetProperty("location").GetString(), user.GetProperty("timezone").GetString(),
            user.GetProperty("avatar_url").GetString(), user.GetProperty("lang_tag").GetString()));
    }

    [Fact]
    public async Task The_time_of_update_moves_only_when_something_differs()
    {
        var player = await Server.AuthenticateAsync();
        (await Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "one" })).Ok();
        await ExecuteAsync("UPDATE users SET update_time = '2000-01-01 00:00:00 UTC' WHERE id = $1", player.UserId);

        (await Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "one", username = player.Username, avatar_url = "" })).Ok();
        Assert.Equal("2000-01-01T00:00:00Z", await UpdateTimeAsync(player));

        (await Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "two" })).Ok();
        Assert.NotEqual("2000-01-01T00:00:00Z", await UpdateTimeAsync(player));
    }

    [Fact]
    public async Task Bad_changes_are_refused_with_the_texts_that_clients_know()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());

        (await UpdateAsync(player, new { })).Refused(400, 3, "No fields to update.");
        (await UpdateAsync(player, new { username = "" })).Refused(400, 3, "Username invalid, must be 1-128 bytes.");
        (await UpdateAsync(player, new { username = new string('ä', 65) })).Refused(400, 3, "Username invalid, must be 1-128 bytes.");
        (await UpdateAsync(player, new { username = "a[]b" })).Refused(400, 3, "Username invalid, no spaces or control characters allowed.");
        (await UpdateAsync(player, new { username = other.Username }))
            .Refused(400, 3, "rpc error: code = AlreadyExists desc = Username is already in use.");
        (await UpdateAsync(player, new { lang_tag = "" })).Refused(500, 13, "Error while trying to update account.");
        (await UpdateAsync(player, new { lang_tag = new string('x', 19) })).Refused(500, 13, "Error while trying to update account.");
        (await UpdateAsync(player, new { display_name = "a\0b" })).Refused(400, 3, "Text must not contain NUL characters.");

        Assert.Equal(player.Username, (await Server.AsAsync(player.Token, "GET /v2/account")).Ok().Body.GetProperty("user").GetProperty("username").GetString());
    }

    [Fact]
    public async Task Users_are_found_by_id_name_and_facebook_id_each_once()
    {
        var (player, other, third) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var facebook = Unique.Id();
        await ExecuteAsync($"UPDATE users SET facebook_id = '{facebook}' WHERE id = $1", third.UserId);

        var users = (await Server.AsAsync(player.Token,
            $"GET /v2/user?ids={other.UserId}&ids={other.UserId.ToString("N").ToUpperInvariant()}&usernames={other.Username}&usernames={player.Username}&usernames=nobody&facebook_ids={facebook}")).Ok();

        Assert.Equal(
            new[] { player.UserId, other.UserId, third.UserId }.Order(),
            users.Body.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("id").GetGuid()).Order());
        (await Server.AsAsync(player.Token, "GET /v2/user?ids=bad")).Refused(400, 3, "ID 'bad' is not a valid system ID.");
        Assert.Empty((await Server.AsAsync(player.Token, "GET /v2/user")).Ok().Body.EnumerateObject());
    }

    [Fact]
    public async Task The_system_user_can_be_looked_at()
    {
        var player = await Server.AuthenticateAsync();

        var users = (await Server.AsAsync(player.Token, $"GET /v2/user?ids={Guid.Empty}")).Ok();

        Assert.Equal(Guid.Empty, users.Body.GetProperty("users")[0].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Online_means_a_socket_that_shows_its_status()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await using var socket = await Server.OpenSocketAsync(other);
        await socket.AskAsync("""
            "ping":{}
            """);
        Assert.False((await UserAsync(player, other)).TryGetProperty("online", out _));

        await using var status = await Server.OpenSocketAsync(other, status: true);
        await status.AskAsync("""
            "ping":{}
            """);

        Assert.True((await UserAsync(player, other)).GetProperty("online").GetBoolean());
    }

    private async Task<System.Text.Json.JsonElement> UserAsync(TestPlayer player, TestPlayer other) =>
        (await Server.AsAsync(player.Token, $"GET /v2/user?ids={other.UserId}")).Ok().Body.GetProperty("users")[0];

    private Task<ApiAnswer> UpdateAsync(TestPlayer player, object change) => Server.AsAsync(player.Token, "PUT /v2/account", change);

    private async Task<string> UpdateTimeAsync(TestPlayer player) =>
        (await Server.AsAsync(player.Token, "GET /v2/account")).Ok().Body.GetProperty("user").GetProperty("update_time").GetString()!;

    private async Task ExecuteAsync(string sql, Guid userId)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        command.Parameters.AddWithValue(userId);
        await command.ExecuteNonQueryAsync();
    }
}
