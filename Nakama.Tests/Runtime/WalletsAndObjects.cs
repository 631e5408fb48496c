using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Wallets, changes of several kinds and indexes of objects, as modules use them.</summary>
public sealed class WalletsAndObjects(CodeServer code) : IClassFixture<CodeServer>
{
    [Fact]
    public async Task A_wallet_shows_what_it_holds_and_held()
    {
        var id = await NewUserAsync();

        Assert.Equal("""[{"coins":5,"gems":2},{}]""", await code.RunAsync($$"""return { nk.wallet_update("{{id}}", { coins = 5, gems = 2 }, { why = "gift" }, true) }"""));
        Assert.Equal("""[{"coins":3,"gems":2},{"coins":5,"gems":2}]""", await code.RunAsync($$"""return { nk.wallet_update("{{id}}", { coins = -2 }) }"""));
        Assert.Equal("""[{"coins":5,"gems":2},{"why":"gift"},1,""]""", await code.RunAsync(
            $$"""local items, cursor = nk.wallet_ledger_list("{{id}}") return { items[1].changeset, items[1].metadata, #items, cursor }"""));
    }

    [Fact]
    public async Task The_ledger_is_read_in_pages_and_annotated()
    {
        var id = await NewUserAsync();
        for (var i = 0; i < 3; i++) await code.RunAsync($$"""return nk.wallet_update("{{id}}", { coins = 1 }, { i = {{i}} }, true)""");

        Assert.Equal("""[2,1,0,"",0]""", await code.RunAsync($$"""
            local first, cursor = nk.wallet_ledger_list("{{id}}", 2)
            local rest, last = nk.wallet_ledger_list("{{id}}", 2, cursor)
            local none = nk.wallet_ledger_list("{{id}}", 0)
            return { first[1].metadata.i, first[2].metadata.i, rest[1].metadata.i, last, #none }
            """));
        Assert.Equal("""[{"new":true},{"i":2,"new":true}]""", await code.RunAsync($$"""
            local item = nk.wallet_ledger_list("{{id}}", 1)[1]
            local shown = nk.wallet_ledger_update(item.id, { new = true })
            return { shown.metadata, nk.wallet_ledger_list("{{id}}", 1)[1].metadata }
            """));
    }

    [Fact]
    public async Task Several_wallets_change_together_and_strangers_are_left_out()
    {
        var (a, b) = (await NewUserAsync(), await NewUserAsync());

        Assert.Equal($$"""["{{a}}",1,"{{b}}",2,2]""", await code.RunAsync($$"""
            local r = nk.wallets_update({ { user_id = "{{a}}", changeset = { x = 1 } }, { user_id = "{{Guid.NewGuid()}}", changeset = { x = 1 } }, { user_id = "{{b}}", changeset = { x = 2 } } })
            return { r[1].user_id, r[1].updated.x, r[2].user_id, r[2].updated.x, #r }
            """));
        Assert.Equal("failed to update user wallet: wallet update rejected negative value at path 'x'", await code.FailAsync(
            $$"""return nk.wallets_update({ { user_id = "{{a}}", changeset = { x = 1 } }, { user_id = "{{b}}", changeset = { x = -3 } } })"""));
        Assert.Equal("""[{"x":1},0]""", await code.RunAsync($$"""return { nk.account_get_id("{{a}}").wallet, select("#", nk.wallets_update({})) }"""));
    }

    [Theory]
    [InlineData("nk.wallet_update('bad', {})", "bad argument #1 to wallet_update (expects a valid user id)")]
    [InlineData("nk.wallet_update(ID, { coins = 1.5 })", "bad argument #2 to wallet_update (expects changeset values to be whole numbers)")]
    [InlineData("nk.wallet_update(ID, { coins = 1e19 })", "bad argument #2 to wallet_update (expects changeset values to be whole numbers)")]
    [InlineData("nk.wallet_update(ID, { coins = 1 })", "user not found")]
    [InlineData("nk.wallets_update({ {} })", "bad argument #1 to wallets_update (expects user_id to be supplied)")]
    [InlineData("nk.wallets_update({ { user_id = ID } })", "bad argument #1 to wallets_update (expects changeset to be supplied)")]
    [InlineData("nk.wallet_ledger_list(ID, 101)", "bad argument #1 to wallet_ledger_list (expects limit to be 0-100)")]
    [InlineData("nk.wallet_ledger_list(ID, 1, 'x')", "failed to retrieve user wallet ledger: wallet ledger cursor invalid")]
    [InlineData("nk.wallet_ledger_update(ID, {})", "failed to update user wallet ledger: wallet ledger item not found")]
    [InlineData("nk.multi_update({ { user_id = ID } })", "error running multi update: No fields to update.")]
    [InlineData("nk.storage_write({ collection = 'c', key = 'k', value = {} })", "bad argument #1 to storage_write (expects a valid set of data)")]
    [InlineData("nk.storage_read({ collection = 'c', key = 'k' })", "bad argument #1 to storage_read (expects a valid set of keys)")]
    [InlineData("nk.storage_delete({ collection = 'c', key = 'k' })", "bad argument #1 to storage_delete (expects a valid set of object IDs)")]
    [InlineData("nk.users_get_username({ name = 'x' })", "bad argument #1 to users_get_username (each username must be a string)")]
    [InlineData("nk.storage_index_list('none', '', 1, {})", "error in storage index list: index \"none\" not found")]
    [InlineData("nk.storage_index_list('levels', '', 0, {})", "bad argument #3 to storage_index_list (invalid limit: expects value 1-10000)")]
    [InlineData("nk.storage_index_list('levels', '', 1)", "bad argument #4 to storage_index_list (table expected, got nil)")]
    [InlineData("nk.storage_index_list('levels', '', 1, {}, '', 'x')", "error in storage index list: invalid cursor")]
    public async Task What_is_wrong_is_told(string call, string message) =>
        Assert.Equal(message, await code.FailAsync("return " + call.Replace("ID", $"'{Guid.NewGuid()}'", StringComparison.Ordinal)));

    [Fact]
    public async Task Changes_of_several_kinds_are_made_together_or_not_at_all()
    {
        var (id, key) = (await NewUserAsync(), Unique.Name());

        Assert.Equal($$"""["{{key}}",4,"Named",{"rank":1},1]""", await code.RunAsync($$"""
            local acks, wallets = nk.multi_update(
              { { user_id = "{{id}}", display_name = "Named", metadata = { rank = 1 } } },
              { { collection = "things", key = "{{key}}", user_id = "{{id}}", value = { level = 1, name = "{{key}}" } } }, nil,
              { { user_id = "{{id}}", changeset = { x = 4 } } }, true)
            local account = nk.account_get_id("{{id}}")
            return { acks[1].key, wallets[1].updated.x, account.display_name, account.metadata, #nk.storage_index_list("levels", "+value.name:{{key}}", 10, {}) }
            """));
        Assert.Equal("error running multi update: wallet update rejected negative value at path 'x'", await code.FailAsync($$"""
            return nk.multi_update({ { user_id = "{{id}}", display_name = "Other" } }, nil, { { collection = "things", key = "{{key}}", user_id = "{{id}}" } }, { { user_id = "{{id}}", changeset = { x = -5 } } })
            """.Trim()));
        Assert.Equal("""["Named",1]""", await code.RunAsync($$"""
            return { nk.account_get_id("{{id}}").display_name, #nk.storage_index_list("levels", "+value.name:{{key}}", 10, {}) }
            """));
        Assert.Equal("""[0,0]""", await code.RunAsync($$"""
            local acks = nk.multi_update(nil, nil, { { collection = "things", key = "{{key}}", user_id = "{{id}}" } })
            return { acks == nil and 0 or 1, #nk.storage_index_list("levels", "+value.name:{{key}}", 10, {}) }
            """));
    }

    [Fact]
    public async Task Objects_are_found_by_what_is_in_them()
    {
        var (id, name) = (await NewUserAsync(), Unique.Name());
        await code.RunAsync($$"""
            local objects = {}
            for i = 1, 4 do objects[i] = { collection = "things", key = "k" .. i, user_id = "{{id}}", value = { level = i, name = "{{name}}", skip = i == 4 or nil } } end
            return #nk.storage_write(objects)
            """);

        Assert.Equal("""["k3","k2",true,"k1",true]""", await code.RunAsync($$"""
            local page, cursor = nk.storage_index_list("levels", "+value.name:{{name}}", 2, { "-value.level" })
            local rest, last = nk.storage_index_list("levels", "+value.name:{{name}}", 2, { "-value.level" }, nil, cursor)
            return { page[1].key, page[2].key, cursor ~= nil, rest[1].key, last == nil and #rest == 1 }
            """));
        // Only the other index has no filter, and it knows only the names.
        Assert.Equal($$"""[4,{"name":"{{name}}"}]""", await code.RunAsync($$"""
            local all = nk.storage_index_list("names", "+value.name:{{name}}", 10, {})
            return { #all, all[1].value }
            """));
    }

    private async Task<Guid> NewUserAsync() => (await code.Server.Server.AuthenticateAsync()).UserId;
}
