using System.Net;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleHistory;

public sealed class ChangesOfAccounts(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Accounts = "/v2/console/account";

    private readonly ConsoleCaller _admin = ConsoleCaller.Basic(fixture.Server, "admin", "password");

    private TestServer Server => fixture.Server;

    public void Dispose() => _admin.Dispose();

    [Fact]
    public async Task An_edit_keeps_who_when_and_what_was_there_before()
    {
        var player = await Server.AuthenticateAsync();
        var (caller, name) = await ConsoleCaller.CreateAsync(Server, """{"admin": true}""");
        using var operatorOfThis = caller;
        var started = TimeProvider.System.GetUtcNow();

        Assert.Equal(HttpStatusCode.OK, (await operatorOfThis.PostAsync($"{Accounts}/{player.UserId}", new { display_name = "Anna", metadata = """{"level": 7}""" })).Status);

        var entry = Assert.Single(await _admin.HistoryAsync(player.UserId.ToString(), "account", "wallet"));
        Assert.Equal(("account", "update", name), (entry.Text("kind"), entry.Text("action"), entry.Text("operator")));
        Assert.Equal(["display_name", "metadata"], entry.Names("changed"));
        Assert.InRange(entry.GetProperty("time").GetDateTimeOffset(), started.AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
        var (before, after) = await _admin.StatesAsync(entry);
        Assert.Equal((System.Text.Json.JsonValueKind.Null, "Anna"), (before!.Value.GetProperty("display_name").ValueKind, after!.Value.Text("display_name")));
        Assert.Equal("{}", before.Value.GetProperty("metadata").GetRawText());
        Assert.Equal(7, after.Value.GetProperty("metadata").GetProperty("level").GetInt32());
        Assert.Equal([player.DeviceId], before.Value.Names("devices"));
    }

    [Fact]
    public async Task A_change_that_alters_nothing_or_fails_leaves_no_entry()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());

        await _admin.PostAsync($"{Accounts}/{player.UserId}", new { lang_tag = "en", metadata = "{}" });
        Assert.NotEqual(HttpStatusCode.OK, (await _admin.PostAsync($"{Accounts}/{player.UserId}", new { location = "Lisbon", username = other.Username })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.PostAsync($"{Accounts}/{player.UserId}/unlink/device", new { device_id = player.DeviceId })).Status);
        Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Accounts}/{player.UserId}/unban")).Status);

        Assert.Empty(await _admin.HistoryAsync(player.UserId.ToString(), "account", "wallet"));
    }

    [Fact]
    public async Task Of_a_password_only_the_change_is_kept()
    {
        var player = await Server.AuthenticateAsync();
        await _admin.PostAsync($"{Accounts}/{player.UserId}", new { email = $"{player.Username}@example.com" });

        Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Accounts}/{player.UserId}", new { password = "a new secret" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Accounts}/{player.UserId}", new { password = "another secret" })).Status);

        var entries = await _admin.HistoryAsync(player.UserId.ToString(), "account");
        Assert.Equal([true, true, false], entries.Select(static entry => entry.GetProperty("is_password_changed").GetBoolean()));
        Assert.Equal([], entries[0].Names("changed"));
        Assert.Equal(["has_password"], entries[1].Names("changed"));
        var kept = (string)(await Server.ScalarAsync("SELECT string_agg(h::text, '') FROM nakama_net.console_history h WHERE owner_id = $1", player.UserId))!;
        Assert.DoesNotContain("secret", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("$2", kept, StringComparison.Ordinal);
        var (status, error) = await _admin.RevertAsync(entries[0]);
        Assert.Equal((HttpStatusCode.BadRequest, "Passwords are not kept."), (status, error.Text("message")));
    }

    [Fact]
    public async Task Bans_and_unlinked_ids_are_kept()
    {
        var player = await Server.AuthenticateAsync();
        await _admin.PostAsync($"{Accounts}/{player.UserId}", new { custom_id = player.Username, email = $"{player.Username}@example.com" });

        foreach (var action in (string[])["ban", "unban", "unlink/custom", "unlink/email"])
            Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Accounts}/{player.UserId}/{action}")).Status);
        await Server.ScalarAsync("UPDATE users SET steam_id = $2 WHERE id = $1", player.UserId, player.Username);
        Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Accounts}/{player.UserId}/unlink/device", new { device_id = player.DeviceId })).Status);

        var entries = await _admin.HistoryAsync(player.UserId.ToString(), "account");
        Assert.Equal(["unlink devices", "unlink email", "unlink custom_id", "unban disable_time", "ban disable_time", "update custom_id, email"], entries.Select(Describe));
    }

    [Fact]
    public async Task A_provider_s_id_that_is_unlinked_can_be_put_back()
    {
        var player = await Server.AuthenticateAsync();
        await Server.ScalarAsync("UPDATE users SET steam_id = $2 WHERE id = $1", player.UserId, player.Username);

        Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Accounts}/{player.UserId}/unlink/steam")).Status);
        var entry = Assert.Single(await _admin.HistoryAsync(player.UserId.ToString(), "account"));
        Assert.Equal("unlink steam_id", Describe(entry));
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entry)).Status);

        Assert.Equal(player.Username, await Server.ScalarAsync("SELECT steam_id FROM users WHERE id = $1", player.UserId));
    }

    [Fact]
    public async Task A_wallet_has_a_history_of_its_own_and_a_revert_is_entered_into_the_ledger()
    {
        var player = await Server.AuthenticateAsync();
        await Server.ScalarAsync("UPDATE users SET wallet = '{\"coins\": 5, \"gems\": 1}' WHERE id = $1", player.UserId);

        await _admin.PostAsync($"{Accounts}/{player.UserId}", new { wallet = """{"coins": 900}""" });
        var entry = Assert.Single(await _admin.HistoryAsync(player.UserId.ToString(), "account", "wallet"));
        Assert.Equal(("wallet", "update coins, gems"), (entry.Text("kind"), Describe(entry)));
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entry)).Status);

        Assert.Equal("{\"gems\": 1, \"coins\": 5}", await Server.ScalarAsync("SELECT wallet::text FROM users WHERE id = $1", player.UserId));
        var item = Assert.Single((await _admin.GetAsync($"{Accounts}/{player.UserId}/wallet?limit=10")).Body.GetProperty("items").EnumerateArray());
        var (changeset, metadata) = (System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, long>>(item.Text("changeset"))!, System.Text.Json.JsonDocument.Parse(item.Text("metadata")).RootElement);
        Assert.Equal((-895, 1), (changeset["coins"], changeset["gems"]));
        Assert.Equal(("console change reverted", entry.Text("id"), "admin"), (metadata.Text("reason"), metadata.Text("history_id"), metadata.Text("operator")));
    }

    [Fact]
    public async Task A_deleted_entry_of_the_ledger_can_be_put_back()
    {
        var (player, item) = (await Server.AuthenticateAsync(), Guid.NewGuid());
        await Server.ScalarAsync("INSERT INTO wallet_ledger (id, user_id, changeset, metadata) VALUES ($1, $2, '{\"coins\": 3}', '{\"why\": \"won\"}')", item, player.UserId);
        var row = await Server.ScalarAsync("SELECT l::text FROM wallet_ledger l WHERE id = $1", item);

        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync($"{Accounts}/{player.UserId}/wallet/{item}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync($"{Accounts}/{player.UserId}/wallet/{item}")).Status);
        var entry = Assert.Single(await _admin.HistoryAsync(player.UserId.ToString(), "ledger"));
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entry)).Status);

        Assert.Equal(row, await Server.ScalarAsync("SELECT l::text FROM wallet_ledger l WHERE id = $1", item));
    }

    [Fact]
    public async Task A_deleted_account_is_kept_but_cannot_be_restored()
    {
        var player = await Server.AuthenticateAsync();
        await _admin.PostAsync($"{Accounts}/{player.UserId}", new { location = "Lisbon" });

        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync($"{Accounts}/{player.UserId}")).Status);

        var entries = await _admin.HistoryAsync(player.UserId.ToString(), "account");
        Assert.Equal(["delete ", "update location"], entries.Select(Describe));
        var (before, after) = await _admin.StatesAsync(entries[0]);
        Assert.Equal(("Lisbon", null), (before!.Value.Text("location"), after));
        foreach (var entry in entries)
        {
            var (status, error) = await _admin.RevertAsync(entry, force: true);
            Assert.Equal((HttpStatusCode.BadRequest, "A deleted account cannot be restored."), (status, error.Text("message")));
        }
    }

    [Fact]
    public async Task An_import_keeps_the_account_the_wallet_and_the_objects_that_it_replaces()
    {
        var player = await Server.AuthenticateAsync();
        foreach (var (key, value) in ((string, string)[])[("changed", """{"v": 1}"""), ("same", """{"v": 2}"""), ("gone", """{"v": 3}""")])
            await _admin.PutAsync($"/v2/console/storage/saves/{key}/{player.UserId}", new { value });
        var export = (await _admin.GetAsync($"{Accounts}/{player.UserId}/export")).Body;
        var text = export.GetRawText().Replace("""{\"v\": 1}""", """{\"v\": 10}""", StringComparison.Ordinal).Replace("\"key\":\"gone\"", "\"key\":\"added\"", StringComparison.Ordinal)
            .Replace("\"wallet\":\"{}\"", """
                "wallet":"{\"coins\": 9}"
                """.Trim(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await _admin.PutAsync($"{Accounts}/{player.UserId}/import", new { data = System.Text.Json.JsonDocument.Parse(text).RootElement })).Status);

        var entry = Assert.Single(await _admin.HistoryAsync(player.UserId.ToString(), "account", "wallet"));
        Assert.Equal(("wallet", "import account coins"), (entry.Text("kind"), Describe(entry)));
        Assert.Equal(["import account", "write"], (await _admin.HistoryAsync($"saves/changed/{player.UserId}", "object")).Select(static change => change.Text("action")));
        Assert.Equal(["write"], (await _admin.HistoryAsync($"saves/same/{player.UserId}", "object")).Select(static change => change.Text("action")));
        Assert.False((await _admin.HistoryAsync($"saves/gone/{player.UserId}", "object"))[0].GetProperty("existed_after").GetBoolean());
        Assert.False((await _admin.HistoryAsync($"saves/added/{player.UserId}", "object"))[0].GetProperty("existed_before").GetBoolean());
    }

    private static string Describe(System.Text.Json.JsonElement entry) => $"{entry.Text("action")} {string.Join(", ", entry.Names("changed"))}";
}
