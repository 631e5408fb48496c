using System.Net;
using System.Text.Json;
using Nakama.Tests.Authentication;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleHistory;

public sealed class RevertingChanges(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Accounts = "/v2/console/account";

    private readonly ConsoleCaller _admin = ConsoleCaller.Basic(fixture.Server, "admin", "password");

    private TestServer Server => fixture.Server;

    public void Dispose() => _admin.Dispose();

    [Fact]
    public async Task A_revert_puts_back_what_was_there_and_is_a_change_and_an_audited_one()
    {
        var player = await Server.AuthenticateAsync();
        var entry = await EditAsync(player, new { display_name = "Anna", location = "Lisbon" });

        var (status, answer) = await _admin.RevertAsync(entry);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(answer.Names("not_restored"));
        var (now, _) = await UserAsync(player);
        Assert.Equal(("", ""), (now.Text("display_name"), now.Text("location")));
        var revert = (await _admin.HistoryAsync(player.UserId.ToString(), "account"))[0];
        Assert.Equal((answer.Text("id"), "revert", entry.Text("id")), (revert.Text("id"), revert.Text("action"), revert.Text("reverts_id")));
        var logged = (await _admin.GetAsync("/v2/console/audit/log?limit=100&action=UPDATE")).Body.GetProperty("entries").EnumerateArray()
            .First(row => row.Text("metadata").Contains(entry.Text("id"), StringComparison.Ordinal));
        Assert.Equal("console change reverted", logged.Text("message"));
        Assert.Equal(player.UserId.ToString(), JsonSerializer.Deserialize<JsonElement>(logged.Text("metadata")).Text("key"));
    }

    [Fact]
    public async Task What_was_changed_since_is_told_and_stays_unless_it_is_forced()
    {
        var player = await Server.AuthenticateAsync();
        var entry = await EditAsync(player, new { display_name = "Anna", metadata = """{"level": 7}""" });
        (await Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "Annabel", location = "Porto" })).Ok();

        var (status, error) = await _admin.RevertAsync(entry);
        Assert.Equal((HttpStatusCode.Conflict, 10), (status, error.GetProperty("code").GetInt32()));
        Assert.Equal("This was changed since: display_name, location.", error.Text("message"));
        Assert.Equal("Annabel", (await UserAsync(player)).User.Text("display_name"));

        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entry, force: true)).Status);
        var (now, _) = await UserAsync(player);
        // The change had not touched the place.
        Assert.Equal(("", "{}", "Porto"), (now.Text("display_name"), now.Text("metadata"), now.Text("location")));
    }

    [Fact]
    public async Task The_second_of_two_operators_is_told()
    {
        var player = await Server.AuthenticateAsync();
        var entry = await EditAsync(player, new { display_name = "Anna" });
        await EditAsync(player, new { display_name = "Bella" });
        var seen = (await _admin.GetAsync($"/v2/console/history/{entry.Text("id")}?with_present=true")).Body;
        Assert.Equal("Bella", JsonSerializer.Deserialize<JsonElement>(seen.GetProperty("present").Text("json")).Text("display_name"));

        await EditAsync(player, new { display_name = "Carla" });
        Assert.Equal(HttpStatusCode.Conflict, (await _admin.RevertAsync(entry, force: true, seen.Text("present_digest"))).Status);
        Assert.Equal("Carla", (await UserAsync(player)).User.Text("display_name"));

        seen = (await _admin.GetAsync($"/v2/console/history/{entry.Text("id")}?with_present=true")).Body;
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entry, force: true, seen.Text("present_digest"))).Status);
        var (status, error) = await _admin.RevertAsync(entry, force: true);
        Assert.Equal((HttpStatusCode.BadRequest, "It is already as it was before this change."), (status, error.Text("message")));
    }

    [Fact]
    public async Task A_ban_that_is_reverted_is_lifted_and_one_that_comes_back_ends_sockets()
    {
        var player = await Server.AuthenticateAsync();
        await _admin.PostAsync($"{Accounts}/{player.UserId}/ban");
        var ban = Assert.Single(await _admin.HistoryAsync(player.UserId.ToString(), "account"));

        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(ban)).Status);
        var session = (await Server.WithKeyAsync("/v2/account/authenticate/device", new { id = player.DeviceId })).Ok();
        await using var socket = await Server.OpenSocketAsync(player with { Token = session.Body.Text("token") });

        var revert = (await _admin.HistoryAsync(player.UserId.ToString(), "account"))[0];
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(revert)).Status);
        await socket.ReceiveAsync("notifications");
        Assert.Null(await socket.ReceiveBytesAsync());
        (await Server.WithKeyAsync("/v2/account/authenticate/device", new { id = player.DeviceId })).Refused(403, 7, "User account banned.");
    }

    [Fact]
    public async Task An_unlinked_address_comes_back_without_its_password()
    {
        var player = await Server.AuthenticateAsync();
        var email = $"{player.Username}@example.com".ToLowerInvariant();
        await EditAsync(player, new { email });
        await EditAsync(player, new { password = "a secret of mine" });
        await _admin.PostAsync($"{Accounts}/{player.UserId}/unlink/email");

        var (status, answer) = await _admin.RevertAsync((await _admin.HistoryAsync(player.UserId.ToString(), "account"))[0]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["has_password"], answer.Names("not_restored"));
        Assert.Equal(email, (await UserAsync(player)).Account.Text("email"));
        (await Server.WithKeyAsync("/v2/account/authenticate/email?create=false", new { email, password = "a secret of mine" })).Refused(401, 16, "Invalid credentials.");
    }

    [Fact]
    public async Task A_device_that_another_account_has_by_now_is_not_taken_from_it()
    {
        var player = await Server.AuthenticateAsync();
        await EditAsync(player, new { custom_id = player.Username });
        await _admin.PostAsync($"{Accounts}/{player.UserId}/unlink/device", new { device_id = player.DeviceId });
        var entry = (await _admin.HistoryAsync(player.UserId.ToString(), "account"))[0];
        (await Server.WithKeyAsync("/v2/account/authenticate/device", new { id = player.DeviceId })).Ok();

        var (status, error) = await _admin.RevertAsync(entry);

        Assert.Equal((HttpStatusCode.BadRequest, "A device ID is in use by another account now."), (status, error.Text("message")));
        Assert.Equal(2, (await _admin.HistoryAsync(player.UserId.ToString(), "account")).Count);
    }

    [Fact]
    public async Task A_wallet_that_the_game_has_changed_since_is_not_overwritten_unasked()
    {
        var player = await Server.AuthenticateAsync();
        await _admin.PostAsync($"{Accounts}/{player.UserId}", new { wallet = """{"coins": 100}""" });
        var entry = Assert.Single(await _admin.HistoryAsync(player.UserId.ToString(), "wallet"));
        await Server.ScalarAsync("UPDATE users SET wallet = '{\"coins\": 40}' WHERE id = $1", player.UserId);

        var (status, error) = await _admin.RevertAsync(entry);

        Assert.Equal((HttpStatusCode.Conflict, "This was changed since: coins."), (status, error.Text("message")));
        Assert.Equal("""{"coins": 40}""", (await UserAsync(player)).Account.Text("wallet"));
        Assert.Equal(0L, await Server.ScalarAsync("SELECT count(*) FROM wallet_ledger WHERE user_id = $1", player.UserId));
    }

    [Theory]
    [InlineData("nothing", HttpStatusCode.BadRequest, "Requires a valid history entry ID.")]
    [InlineData("6f1c4f0e-8d7b-4d3a-9f57-000000000000", HttpStatusCode.NotFound, "History entry not found.")]
    public async Task What_is_not_there_cannot_be_reverted(string id, HttpStatusCode status, string message)
    {
        foreach (var (found, error) in new[] { await _admin.GetAsync($"/v2/console/history/{id}"), await _admin.PostAsync($"/v2/console/history/{id}/revert", new { force = true }) })
            Assert.Equal((status, message), (found, error.Text("message")));
    }

    /// <summary>The entry of an operator's edit.</summary>
    private async Task<JsonElement> EditAsync(TestPlayer player, object changes)
    {
        Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Accounts}/{player.UserId}", changes)).Status);
        return (await _admin.HistoryAsync(player.UserId.ToString(), "account"))[0];
    }

    private async Task<(JsonElement User, JsonElement Account)> UserAsync(TestPlayer player)
    {
        var account = (await _admin.GetAsync($"{Accounts}/{player.UserId}")).Body.GetProperty("account");
        return (account.GetProperty("user"), account);
    }
}
