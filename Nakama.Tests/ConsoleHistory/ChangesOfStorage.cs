using System.Net;
using System.Text.Json;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleHistory;

public sealed class ChangesOfStorage(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly ConsoleCaller _admin = ConsoleCaller.Basic(fixture.Server, "admin", "password");

    private TestServer Server => fixture.Server;

    public void Dispose() => _admin.Dispose();

    [Fact]
    public async Task Every_state_of_an_object_can_be_brought_back()
    {
        var (player, key) = (await Server.AuthenticateAsync(), $"a/b {Unique.Name("k")}");
        var path = $"/v2/console/storage/saves/{Uri.EscapeDataString(key)}/{player.UserId}";
        await _admin.PutAsync(path, new { value = """{"v": 1}""", permission_read = 2 });
        var first = await RowAsync(key);
        await _admin.PutAsync(path, new { value = """{"v": 2}""" });
        await _admin.PutAsync(path, new { value = """{"v": 2}""" });
        await _admin.DeleteAsync(path);

        var entries = await _admin.HistoryAsync($"saves/{Uri.EscapeDataString(key)}/{player.UserId}", "object");
        Assert.Equal(["delete", "write", "write"], entries.Select(static entry => entry.Text("action")));
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entries[0])).Status);
        Assert.Equal("""{"v": 2}""", (await _admin.GetAsync(path)).Body.Text("value"));
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entries[1])).Status);
        Assert.Equal(first, await RowAsync(key));
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entries[2])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync(path)).Status);

        var all = await _admin.HistoryAsync($"saves/{Uri.EscapeDataString(key)}/{player.UserId}", "object");
        Assert.Equal(["revert", "revert", "revert", "delete", "write", "write"], all.Select(static entry => entry.Text("action")));
        Assert.Equal(entries.Select(static entry => entry.Text("id")), all.Take(3).Reverse().Select(static entry => entry.Text("reverts_id")));
        // A revert can be reverted.
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(all[0])).Status);
        Assert.Equal(first, await RowAsync(key));
    }

    [Fact]
    public async Task A_write_over_another_version_leaves_no_entry()
    {
        var key = Unique.Name("k");
        var path = $"/v2/console/storage/saves/{key}/{HistoryCalls.NoUser}";
        await _admin.PutAsync(path, new { value = "{}" });

        Assert.NotEqual(HttpStatusCode.OK, (await _admin.PutAsync(path, new { value = """{"v": 1}""", version = "0123" })).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await _admin.DeleteAsync($"{path}/0123")).Status);

        Assert.Single(await _admin.HistoryAsync($"saves/{key}/{HistoryCalls.NoUser}", "object"));
    }

    [Fact]
    public async Task Concurrent_writes_form_one_chain_of_states()
    {
        var key = Unique.Name("k");
        var path = $"/v2/console/storage/saves/{key}/{HistoryCalls.NoUser}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _admin.PutAsync(path, new { value = $$"""{"v": {{i}}}""" })));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var entries = await _admin.HistoryAsync($"saves/{key}/{HistoryCalls.NoUser}", "object");
        Assert.Equal(8, entries.Count);
        entries.Reverse();
        string? last = null;
        foreach (var entry in entries)
        {
            var (before, after) = await _admin.StatesAsync(entry);
            Assert.Equal(last, before?.GetRawText());
            last = after?.GetRawText();
        }

        Assert.Equal((await _admin.GetAsync(path)).Body.Text("version"), JsonSerializer.Deserialize<JsonElement>(last!).Text("version"));
    }

    [Fact]
    public async Task An_import_keeps_the_first_thousand_objects_that_change()
    {
        var collection = Unique.Name("c");
        Assert.Equal(HttpStatusCode.OK, await _admin.ImportStorageAsync(File(1)));
        await Server.ScalarAsync("DELETE FROM nakama_net.console_history WHERE object_key LIKE $1", collection + "/%");

        Assert.Equal(HttpStatusCode.OK, await _admin.ImportStorageAsync(File(1)));
        Assert.Equal(0L, await CountAsync());
        Assert.Equal(HttpStatusCode.OK, await _admin.ImportStorageAsync(File(2)));
        Assert.Equal(1000L, await CountAsync());
        var entry = Assert.Single(await _admin.HistoryAsync($"{collection}/k7/{HistoryCalls.NoUser}", "object"));
        Assert.Equal(("import", "value"), (entry.Text("action"), entry.Names("changed")[0]));
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entry)).Status);
        Assert.Equal("""{"v": 1}""", (await _admin.GetAsync($"/v2/console/storage/{collection}/k7/{HistoryCalls.NoUser}")).Body.Text("value"));

        string File(int version) => JsonSerializer.Serialize(Enumerable.Range(0, 1200).Select(i => new
        {
            collection,
            key = $"k{i}",
            user_id = HistoryCalls.NoUser,
            value = new { v = version },
            permission_read = 1,
            permission_write = 1,
        }));

        async Task<long> CountAsync() => (long)(await Server.ScalarAsync("SELECT count(*) FROM nakama_net.console_history WHERE object_key LIKE $1", collection + "/%"))!;
    }

    [Fact]
    public async Task Of_a_value_that_is_too_large_its_size_and_a_hash_are_kept()
    {
        var key = Unique.Name("k");
        var path = $"/v2/console/storage/saves/{key}/{HistoryCalls.NoUser}";
        await _admin.PutAsync(path, new { value = JsonSerializer.Serialize(new { text = new string('x', 300_000) }) });
        await _admin.PutAsync(path, new { value = "{}" });

        var entry = (await _admin.HistoryAsync($"saves/{key}/{HistoryCalls.NoUser}", "object"))[0];
        var (before, _) = await _admin.StatesAsync(entry);
        Assert.InRange(before!.Value.GetProperty("too_large").GetProperty("bytes").GetInt32(), 300_000, 300_100);
        Assert.Equal(32, before.Value.GetProperty("too_large").Text("md5").Length);
        var (status, error) = await _admin.RevertAsync(entry, force: true);
        Assert.Equal((HttpStatusCode.BadRequest, "What was there before was too large to be kept."), (status, error.Text("message")));
    }

    [Fact]
    public async Task An_object_of_a_deleted_account_is_not_restored()
    {
        var (player, key) = (await Server.AuthenticateAsync(), Unique.Name("k"));
        var path = $"/v2/console/storage/saves/{key}/{player.UserId}";
        await _admin.PutAsync(path, new { value = "{}" });
        await _admin.DeleteAsync(path);
        var entry = (await _admin.HistoryAsync($"saves/{key}/{player.UserId}", "object"))[0];
        await _admin.DeleteAsync($"/v2/console/account/{player.UserId}");

        var (status, error) = await _admin.RevertAsync(entry);

        Assert.Equal((HttpStatusCode.BadRequest, "The player that it belonged to does not exist any more."), (status, error.Text("message")));
    }

    private async Task<string> RowAsync(string key) =>
        (string)(await Server.ScalarAsync("SELECT (s.value, s.version, s.read, s.write, date_trunc('second', s.create_time))::text FROM storage s WHERE key = $1", key))!;
}
