using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

public sealed class AccountsOfOperators(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Accounts = "/v2/console/account";

    private TestServer Server => fixture.Server;

    private ConsoleCaller Admin() => ConsoleCaller.Basic(Server, "admin", "password");

    [Fact]
    public async Task A_player_is_found_by_id_name_part_of_the_name_and_device()
    {
        var player = await Server.AuthenticateAsync();
        using var admin = Admin();
        foreach (var filter in (string[])[player.UserId.ToString(), player.Username, $"%{player.Username[3..12]}%", player.DeviceId])
        {
            var (status, list) = await admin.GetAsync($"{Accounts}?filter={Uri.EscapeDataString(filter)}");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal(player.UserId.ToString(), Assert.Single(list.GetProperty("users").EnumerateArray()).GetProperty("id").GetString());
        }

        Assert.Empty((await admin.GetAsync($"{Accounts}?filter=nobody-at-all")).Body.GetProperty("users").EnumerateArray());
    }

    [Fact]
    public async Task Pages_of_fifty_follow_each_other_without_gap_or_repetition()
    {
        await using (var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "INSERT INTO users (id, username) SELECT gen_random_uuid(), 'page' || n FROM generate_series(1, 120) n"))
        {
            await command.ExecuteNonQueryAsync();
        }

        using var admin = Admin();
        var ids = new List<string>();
        var cursor = "";
        do
        {
            var page = (await admin.GetAsync($"{Accounts}?cursor={cursor}")).Body;
            var users = page.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("id").GetString()!).ToList();
            Assert.InRange(users.Count, 1, 50);
            ids.AddRange(users);
            cursor = page.GetProperty("next_cursor").GetString()!;
        }
        while (cursor.Length > 0);

        Assert.True(ids.Count > 120);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(HttpStatusCode.InternalServerError, (await admin.GetAsync($"{Accounts}?cursor=x")).Status);
    }

    [Fact]
    public async Task An_edit_shows_escaped_and_leaves_a_row_in_the_audit_log_without_the_password()
    {
        var player = await Server.AuthenticateAsync();
        var email = Unique.Email();
        using var admin = Admin();
        var edit = new { display_name = "<b>&\"'", metadata = """{"level": 3}""", wallet = """{"gold": 5}""", email, password = "very secret 1" };
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"{Accounts}/{player.UserId}", edit)).Status);

        var account = (await admin.GetAsync($"{Accounts}/{player.UserId}")).Body.GetProperty("account");
        Assert.Equal("&lt;b&gt;&amp;&#34;&#39;", account.GetProperty("user").GetProperty("display_name").GetString());
        Assert.Equal(email, account.GetProperty("email").GetString());
        Assert.Equal(5, JsonSerializer.Deserialize<JsonElement>(account.GetProperty("wallet").GetString()!).GetProperty("gold").GetInt32());
        var (action, resource, message, metadata) = await LastAuditAsync(player.UserId);
        Assert.Equal(("UPDATE", "ACCOUNT", "player account data updated"), (action, resource, message));
        Assert.DoesNotContain("very secret 1", metadata, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"username":""}""", "Username cannot be empty.")]
    [InlineData("""{"username":"a\tb"}""", "Username cannot contain spaces or control characters.")]
    [InlineData("""{"metadata":"[1]"}""", "Metadata must be a valid JSON object.")]
    [InlineData("""{"wallet":"{\"gold\":1.5}"}""", "Wallet must be a valid JSON object with only string keys and integer values.")]
    [InlineData("""{"wallet":"{\"gold\":-1}"}""", "Wallet rejected negative value at path 'gold'.")]
    [InlineData("""{"password":"very secret 1"}""", "Cannot set a password on an account with no email address.")]
    public async Task A_bad_edit_is_refused_with_its_reason_and_changes_nothing(string edit, string message)
    {
        var player = await Server.AuthenticateAsync();
        using var admin = Admin();
        var before = (await admin.GetAsync($"{Accounts}/{player.UserId}")).Body.GetRawText();
        var (status, error) = await admin.PostAsync($"{Accounts}/{player.UserId}", JsonSerializer.Deserialize<JsonElement>(edit));
        Assert.Equal((HttpStatusCode.BadRequest, message), (status, error.GetProperty("message").GetString()));
        Assert.Equal(before, (await admin.GetAsync($"{Accounts}/{player.UserId}")).Body.GetRawText());
    }

    [Fact]
    public async Task A_banned_player_is_disconnected_and_may_come_back_after_the_ban_is_lifted()
    {
        var player = await Server.AuthenticateAsync();
        await using var socket = await Server.OpenSocketAsync(player);
        using var admin = Admin();
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"{Accounts}/{player.UserId}/ban")).Status);

        var notifications = await socket.ReceiveAsync("notifications");
        Assert.Equal(-8, notifications.GetProperty("notifications")[0].GetProperty("code").GetInt32());
        Assert.Null(await socket.ReceiveBytesAsync());
        Assert.Equal(JsonValueKind.String, (await admin.GetAsync($"{Accounts}/{player.UserId}")).Body.GetProperty("disable_time").ValueKind);
        Assert.Equal("player account banned", (await LastAuditAsync(player.UserId)).Message);

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"{Accounts}/{player.UserId}/unban")).Status);
        Assert.Equal(JsonValueKind.Null, (await admin.GetAsync($"{Accounts}/{player.UserId}")).Body.GetProperty("disable_time").ValueKind);
    }

    [Fact]
    public async Task A_recorded_deletion_leaves_a_tombstone_and_a_plain_one_does_not()
    {
        var forgotten = await Server.AuthenticateAsync();
        var deleted = await Server.AuthenticateAsync();
        using var admin = Admin();
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync($"{Accounts}/{forgotten.UserId}?record_deletion=true")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync($"{Accounts}/{deleted.UserId}")).Status);

        var (status, error) = await admin.GetAsync($"{Accounts}/{forgotten.UserId}");
        Assert.Equal((HttpStatusCode.NotFound, "Account not found."), (status, error.GetProperty("message").GetString()));
        var tombstones = (await admin.GetAsync($"{Accounts}?tombstones=true")).Body.GetProperty("users").EnumerateArray()
            .Select(user => user.GetProperty("id").GetString()).ToList();
        Assert.Contains(forgotten.UserId.ToString(), tombstones);
        Assert.DoesNotContain(deleted.UserId.ToString(), tombstones);
    }

    [Theory]
    [InlineData("apple", "apple_id", "Apple ID")]
    [InlineData("facebook", "facebook_id", "Facebook ID")]
    [InlineData("facebookinstantgame", "facebook_instant_game_id", "Facebook ID")]
    [InlineData("gamecenter", "gamecenter_id", "Game Center ID")]
    [InlineData("google", "google_id", "Google ID")]
    [InlineData("steam", "steam_id", "Steam ID")]
    public async Task The_id_of_a_provider_can_be_taken_away_unless_it_is_the_last(string provider, string column, string name)
    {
        var player = await Server.AuthenticateAsync();
        await using (var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            $"UPDATE users SET {column} = $2 WHERE id = $1"))
        {
            command.Parameters.AddWithValue(player.UserId);
            command.Parameters.AddWithValue(Unique.Id());
            await command.ExecuteNonQueryAsync();
        }

        using var admin = Admin();
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"{Accounts}/{player.UserId}/unlink/device", new { device_id = player.DeviceId })).Status);
        var (status, error) = await admin.PostAsync($"{Accounts}/{player.UserId}/unlink/{provider}", new { });
        Assert.Equal(
            (HttpStatusCode.Forbidden, $"Cannot unlink {name} when there are no other identifiers."), (status, error.GetProperty("message").GetString()));

        await using (var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "UPDATE users SET custom_id = $2 WHERE id = $1"))
        {
            command.Parameters.AddWithValue(player.UserId);
            command.Parameters.AddWithValue(Unique.Id());
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"{Accounts}/{player.UserId}/unlink/{provider}", new { })).Status);
        var (_, account) = await admin.GetAsync($"{Accounts}/{player.UserId}");
        Assert.Equal("", account.GetProperty("account").GetProperty("user").GetProperty(column).GetString());
    }

    [Fact]
    public async Task The_last_way_to_sign_in_cannot_be_unlinked()
    {
        var player = await Server.AuthenticateAsync();
        using var admin = Admin();
        var (status, error) = await admin.PostAsync($"{Accounts}/{player.UserId}/unlink/device", new { device_id = player.DeviceId });
        Assert.Equal((HttpStatusCode.Forbidden, "Cannot unlink device ID when there are no other identifiers."), (status, error.GetProperty("message").GetString()));

        await admin.PostAsync($"{Accounts}/{player.UserId}", new { custom_id = Unique.Name("custom") });
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"{Accounts}/{player.UserId}/unlink/device", new { device_id = player.DeviceId })).Status);
    }

    [Fact]
    public async Task The_system_user_is_left_alone()
    {
        using var admin = Admin();
        var system = $"{Accounts}/{Guid.Empty}";
        Assert.Equal("Cannot ban the system user.", (await admin.PostAsync($"{system}/ban")).Body.GetProperty("message").GetString());
        Assert.Equal("Cannot update the system user.", (await admin.PostAsync(system, new { location = "x" })).Body.GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.InternalServerError, (await admin.DeleteAsync(system)).Status);
        Assert.Equal("Requires a valid user ID.", (await admin.GetAsync($"{Accounts}/nobody")).Body.GetProperty("message").GetString());
    }

    private async Task<(string Action, string Resource, string Message, string Metadata)> LastAuditAsync(Guid userId)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT action, resource, message, metadata FROM console_audit_log WHERE metadata ->> 'id' = $1 ORDER BY create_time DESC LIMIT 1");
        command.Parameters.AddWithValue(userId.ToString());
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        return (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3));
    }
}
