using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Server.Errors;
using Nakama.Server.Storage;
using Nakama.Server.Wallets;
using Nakama.Tests.Authentication;
using Nakama.Tests.Storage;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Wallets;

/// <summary>What goes into wallets and out of them, alone and together with other changes.</summary>
public sealed class ChangingWallets(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    private MultiUpdate Together => _server.Services.GetRequiredService<MultiUpdate>();

    [Fact]
    public async Task Amounts_are_added_and_names_stay_even_at_nothing()
    {
        var anna = await _server.AuthenticateAsync();

        var first = await _server.ChangeAsync(anna, """{"coins":10,"gems":2}""");
        var second = await _server.ChangeAsync(anna, """{"coins":-10}""");

        Assert.Empty(first.Previous);
        Assert.Equal(WalletCalls.Map("""{"coins":10,"gems":2}"""), first.Updated);
        Assert.Equal(first.Updated, second.Previous);
        Assert.Equal(WalletCalls.Map("""{"coins":0,"gems":2}"""), second.Updated);
        Assert.Equal(second.Updated, await _server.WalletAsync(anna));
    }

    [Fact]
    public async Task A_game_function_changes_a_wallet_and_the_client_sees_what_came_of_it()
    {
        _server.RegisterWalletFunctions();
        var anna = await _server.AuthenticateAsync();

        var answer = await _server.AsAsync(anna.Token, "POST /v2/rpc/g_wallet?unwrap", new { changeset = new { coins = 10 }, metadata = new { why = "start" } });

        Assert.Equal("""{"updated":{"coins":10},"previous":{}}""", answer.Ok().Body.GetRawText());
        Assert.Equal("""{"why": "start"}""", Assert.Single(await _server.LedgerAsync(anna)).Metadata);
    }

    [Theory]
    [InlineData("""{"coins":-11}""")]
    [InlineData("""{"gems":1,"coins":-11}""")]
    [InlineData("""{"coins":9223372036854775807}""")]
    [InlineData("""{"coins":-9223372036854775808}""")]
    public async Task Nobody_owes_anything(string changeset)
    {
        var anna = await _server.AuthenticateAsync();
        await _server.ChangeAsync(anna, """{"coins":10}""");

        var error = await Assert.ThrowsAsync<NegativeWalletException>(async () => await _server.ChangeAsync(anna, changeset));

        Assert.Equal("wallet update rejected negative value at path 'coins'", error.Message);
        Assert.Equal((anna.UserId, "coins", 10L), (error.UserId, error.Path, error.Current));
        Assert.Equal(WalletCalls.Map("""{"coins":10}"""), await _server.WalletAsync(anna));
        Assert.Single(await _server.LedgerAsync(anna));
    }

    [Fact]
    public async Task Of_several_wallets_all_change_or_none()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());

        var results = await _server.Wallets().UpdateAsync(
            [WalletCalls.Update(anna, """{"a":5}"""), new(Guid.NewGuid(), WalletCalls.Map("""{"a":1}""")), WalletCalls.Update(ben, """{"b":1}"""), WalletCalls.Update(anna, """{"a":-2}""")],
            updatesLedger: true, default);
        await Assert.ThrowsAsync<NegativeWalletException>(async () => await _server.Wallets().UpdateAsync(
            [WalletCalls.Update(anna, """{"a":1}"""), WalletCalls.Update(ben, """{"b":-2}""")], updatesLedger: true, default));

        Assert.Equal([anna.UserId, ben.UserId, anna.UserId], results.Select(result => result.UserId));
        Assert.Equal([5L, 1L, 3L], results.Select(result => result.Updated.Values.Single()));
        Assert.Equal([0L, 0L, 5L], results.Select(result => result.Previous.Values.SingleOrDefault()));
        Assert.Equal((3, 1), ((await _server.WalletAsync(anna))["a"], (await _server.WalletAsync(ben))["b"]));
        Assert.Equal([-2L, 5L], (await _server.LedgerAsync(anna)).Select(item => WalletCalls.Map(item.Changeset)["a"]).Order());
    }

    [Fact]
    public async Task A_stranger_has_no_wallet()
    {
        var error = await Assert.ThrowsAsync<ApiException>(async () =>
            await _server.Wallets().UpdateAsync(new WalletUpdate(Guid.NewGuid(), WalletCalls.Map("""{"a":1}""")), updatesLedger: true, default));

        Assert.Equal("user not found", error.Message);
        Assert.Empty(await _server.Wallets().UpdateAsync([], updatesLedger: true, default));
    }

    [Fact]
    public async Task Without_the_ledger_nothing_is_entered()
    {
        var anna = await _server.AuthenticateAsync();

        await _server.ChangeAsync(anna, """{"coins":10}""", updatesLedger: false);

        Assert.Empty(await _server.LedgerAsync(anna));
    }

    [Fact]
    public async Task Accounts_objects_and_wallets_change_together()
    {
        var anna = await _server.AuthenticateAsync();
        var (collection, name) = (Unique.Name(), Unique.Name());
        (await _server.WriteAsync(anna, new { collection, key = "old", value = "{}" })).Ok();

        var result = await Together.ApplyAsync(
            new()
            {
                Accounts = [new(anna.UserId, new AccountChange { Username = name })],
                StorageWrites = [Write(anna, collection, "z"), Write(anna, collection, "a")],
                StorageDeletes = [new(new(collection, "old", anna.UserId), "")],
                Wallets = [WalletCalls.Update(anna, """{"coins":3}""")],
                UpdatesLedger = true,
            },
            default);

        Assert.Equal(["z", "a"], result.Acks.Select(ack => ack.Key));
        Assert.Equal(3, Assert.Single(result.Wallets).Updated["coins"]);
        Assert.Equal(["a", "z"], (await _server.ListAsync(anna, collection, anna.UserId)).Keys());
        Assert.Equal(name, (await _server.AsAsync(anna.Token, "GET /v2/account")).Ok().Body.GetProperty("user").GetProperty("username").GetString());
        Assert.Single(await _server.LedgerAsync(anna));
    }

    [Theory]
    [InlineData("name", "Username is already in use.")]
    [InlineData("fields", "No fields to update.")]
    [InlineData("version", "Storage write rejected - version check failed.")]
    [InlineData("missing", "Storage delete rejected - not found, version check failed, or permission denied.")]
    [InlineData("wallet", "wallet update rejected negative value at path 'coins'")]
    public async Task One_refusal_undoes_all(string fault, string text)
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        var collection = Unique.Name();
        var request = new MultiUpdateRequest
        {
            Accounts = [new(anna.UserId, fault switch { "name" => new() { Username = ben.Username }, "fields" => new(), _ => new() { Location = "here" } })],
            StorageWrites = [Write(anna, collection, "k"), Write(anna, collection, "l", fault == "version" ? "bogus" : "")],
            StorageDeletes = [new(new(collection, "never", anna.UserId), fault == "missing" ? "bogus" : "")],
            Wallets = [WalletCalls.Update(ben, """{"coins":1}"""), WalletCalls.Update(anna, fault == "wallet" ? """{"coins":-1}""" : """{"coins":1}""")],
            UpdatesLedger = true,
        };

        var error = await Assert.ThrowsAnyAsync<Exception>(async () => await Together.ApplyAsync(request, default));

        Assert.Equal(text, error.Message);
        Assert.Empty((await _server.ListAsync(anna, collection, anna.UserId)).Keys());
        Assert.Empty(await _server.WalletAsync(ben));
        Assert.Empty(await _server.LedgerAsync(ben));
        Assert.False((await _server.AsAsync(anna.Token, "GET /v2/account")).Ok().Body.GetProperty("user").TryGetProperty("location", out _));
    }

    [Fact]
    public async Task Nothing_to_do_does_nothing()
    {
        var result = await Together.ApplyAsync(new(), default);

        Assert.Empty(result.Acks);
        Assert.Empty(result.Wallets);
    }

    private static StorageWrite Write(TestPlayer player, string collection, string key, string version = "") =>
        new(new(collection, key, player.UserId), "{}", version, 1, 1);
}
