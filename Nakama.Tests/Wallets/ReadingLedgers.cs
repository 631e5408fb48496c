using Nakama.Server.Errors;
using Nakama.Server.Wallets;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Wallets;

/// <summary>Pages of a ledger, for game logic and for operators.</summary>
public sealed class ReadingLedgers(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task Pages_go_forth_and_back_newest_first()
    {
        var anna = await _server.AuthenticateAsync();
        for (var n = 1; n <= 5; n++) await _server.ChangeAsync(anna, $$"""{"n":{{n}}}""");

        var first = await PageAsync(anna, 2, "");
        var second = await PageAsync(anna, 2, first.NextCursor);
        var third = await PageAsync(anna, 2, second.NextCursor);
        var back = await PageAsync(anna, 2, third.PreviousCursor);
        var start = await PageAsync(anna, 2, back.PreviousCursor);

        Assert.Equal([[5, 4], [3, 2], [1]], new[] { first, second, third }.Select(Amounts));
        Assert.Equal([[3, 2], [5, 4]], new[] { back, start }.Select(Amounts));
        Assert.Equal(("", ""), (first.PreviousCursor, third.NextCursor));
        Assert.Equal("", start.PreviousCursor);
        var again = await PageAsync(anna, 2, start.NextCursor);
        Assert.Equal([3, 2], Amounts(again));
    }

    [Fact]
    public async Task Entries_of_one_moment_are_neither_left_out_nor_shown_twice()
    {
        var anna = await _server.AuthenticateAsync();
        await _server.Wallets().UpdateAsync([.. Enumerable.Range(1, 9).Select(n => WalletCalls.Update(anna, $$"""{"n":{{n}}}"""))], updatesLedger: true, default);

        var items = await _server.LedgerAsync(anna, 2);

        Assert.Equal(Enumerable.Range(1, 9), items.Select(item => (int)WalletCalls.Map(item.Changeset)["n"]).Order());
        Assert.Single(items.Select(item => item.CreateTime).Distinct());
    }

    [Fact]
    public async Task A_page_of_nothing_still_leads_to_the_list()
    {
        var anna = await _server.AuthenticateAsync();
        var before = await PageAsync(anna, 0, "");
        await _server.ChangeAsync(anna, """{"n":1}""");

        var page = await PageAsync(anna, 0, "");
        var whole = await PageAsync(anna, 1, page.NextCursor);

        Assert.Equal(("", 0), (before.NextCursor, page.Items.Count));
        Assert.Equal([1], Amounts(whole));
    }

    [Fact]
    public async Task Times_stay_with_the_cursor()
    {
        var anna = await _server.AuthenticateAsync();
        for (var n = 1; n <= 5; n++) await _server.ChangeAsync(anna, $$"""{"n":{{n}}}""");
        var all = (await PageAsync(anna, 10, "")).Items;
        var query = new WalletLedgerQuery(anna.UserId, 2) { After = all[3].CreateTime, Before = all[1].CreateTime };

        var first = await _server.Wallets().ListLedgerAsync(query, default);
        var second = await _server.Wallets().ListLedgerAsync(query with { Cursor = first.NextCursor }, default);

        Assert.Equal([[4, 3], [2]], new[] { first, second }.Select(Amounts));
        await RefusedAsync(query with { Cursor = first.NextCursor, Before = null });
    }

    [Fact]
    public async Task A_cursor_is_of_one_list_only()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await _server.Wallets().UpdateAsync([WalletCalls.Update(anna, """{"n":1}"""), WalletCalls.Update(anna, """{"n":2}""")], updatesLedger: true, default);
        var cursor = (await PageAsync(anna, 1, "")).NextCursor;

        await RefusedAsync(new(ben.UserId, 1) { Cursor = cursor });
        await RefusedAsync(new(anna.UserId, 1) { Cursor = "bad" });
        await RefusedAsync(new(anna.UserId, 1) { Cursor = cursor[..^8] });
    }

    [Fact]
    public async Task Metadata_is_added_to_and_the_rest_of_an_entry_stays()
    {
        var anna = await _server.AuthenticateAsync();
        await _server.ChangeAsync(anna, """{"n":1}""", """{"a":1,"b":2}""");
        var entry = Assert.Single(await _server.LedgerAsync(anna));

        var changed = await _server.Wallets().UpdateLedgerAsync(entry.Id, """{"b":3,"c":4}""", default);

        Assert.Equal(entry with { Metadata = """{"a": 1, "b": 3, "c": 4}""", UpdateTime = changed.UpdateTime }, changed);
        Assert.True(changed.UpdateTime > entry.UpdateTime);
        Assert.Equal(changed, Assert.Single(await _server.LedgerAsync(anna)));
        await Assert.ThrowsAsync<ApiException>(async () => await _server.Wallets().UpdateLedgerAsync(Guid.NewGuid(), "{}", default));
    }

    [Fact]
    public async Task Operators_read_a_ledger_and_strike_entries_out()
    {
        var anna = await _server.AuthenticateAsync();
        for (var n = 1; n <= 3; n++) await _server.ChangeAsync(anna, $$"""{"n":{{n}}}""", """{"why":"test"}""");
        using var admin = ConsoleCaller.Basic(_server, "admin", "password");
        var path = $"/v2/console/account/{anna.UserId}/wallet";

        var first = (await admin.GetAsync(path + "?limit=2")).Body;
        var second = (await admin.GetAsync(path + "?limit=2&cursor=" + Uri.EscapeDataString(first.GetProperty("next_cursor").GetString()!))).Body;
        await admin.DeleteAsync($"{path}/{first.GetProperty("items")[0].GetProperty("id").GetString()}");
        await admin.DeleteAsync($"{path}/{Guid.NewGuid()}");

        Assert.Equal("""{"n": 3}""", first.GetProperty("items")[0].GetProperty("changeset").GetString());
        Assert.Equal("""{"why": "test"}""", first.GetProperty("items")[0].GetProperty("metadata").GetString());
        Assert.Matches(@"T\d\d:\d\d:\d\dZ$", first.GetProperty("items")[0].GetProperty("create_time").GetString());
        Assert.Equal("""{"n": 1}""", second.GetProperty("items")[0].GetProperty("changeset").GetString());
        Assert.Equal([2, 1], (await _server.LedgerAsync(anna)).Select(item => WalletCalls.Map(item.Changeset)["n"]));
        Assert.Equal(6, (await _server.WalletAsync(anna))["n"]);
    }

    [Theory]
    [InlineData("", "", "expects a limit value between 1 and 100")]
    [InlineData("", "?limit=101", "expects a limit value between 1 and 100")]
    [InlineData("bad", "?limit=1", "Requires a valid user ID.")]
    [InlineData("", "?limit=1&cursor=bad", "An error occurred while trying to list the user's wallet ledger.")]
    public async Task Other_requests_of_operators_are_refused(string account, string query, string text)
    {
        using var admin = ConsoleCaller.Basic(_server, "admin", "password");

        var (_, body) = await admin.GetAsync($"/v2/console/account/{(account.Length > 0 ? account : Guid.NewGuid())}/wallet{query}");

        Assert.Equal(text, body.GetProperty("message").GetString());
    }

    private ValueTask<WalletLedgerPage> PageAsync(TestPlayer player, int limit, string cursor) =>
        _server.Wallets().ListLedgerAsync(new(player.UserId, limit) { Cursor = cursor }, default);

    private async Task RefusedAsync(WalletLedgerQuery query) => Assert.Equal(
        "wallet ledger cursor invalid",
        (await Assert.ThrowsAsync<ApiException>(async () => await _server.Wallets().ListLedgerAsync(query, default))).Message);

    private static int[] Amounts(WalletLedgerPage page) => [.. page.Items.Select(item => (int)WalletCalls.Map(item.Changeset)["n"])];
}
