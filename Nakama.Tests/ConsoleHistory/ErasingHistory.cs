using System.Net;
using Nakama.Tests.Authentication;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleHistory;

/// <summary>What is deleted for good leaves nothing in the history.</summary>
public sealed class ErasingHistory : IAsyncLifetime
{
    private const string Accounts = "/v2/console/account";

    private TestServer _server = null!;
    private ConsoleCaller _admin = null!;
    private TestPlayer _player = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _admin = ConsoleCaller.Basic(_server, "admin", "password");
        _player = await _server.AuthenticateAsync();
        await _admin.PostAsync($"{Accounts}/{_player.UserId}", new { location = "Lisbon", wallet = """{"coins": 1}""" });
        await _admin.PutAsync($"/v2/console/storage/saves/mine/{_player.UserId}", new { value = "{}" });
        await _admin.PutAsync($"/v2/console/storage/saves/ours/{HistoryCalls.NoUser}", new { value = "{}" });
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_recorded_deletion_erases_the_history_of_the_account_its_wallet_and_its_objects()
    {
        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync($"{Accounts}/{_player.UserId}?record_deletion=true")).Status);
        Assert.Equal(["object saves/ours"], await KeptAsync());
    }

    [Fact]
    public async Task A_player_who_deletes_the_account_leaves_no_history()
    {
        (await _server.AsAsync(_player.Token, "DELETE /v2/account")).Ok();
        Assert.Equal(["object saves/ours"], await KeptAsync());
    }

    [Fact]
    public async Task An_operator_s_deletion_keeps_it_until_its_age()
    {
        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync($"{Accounts}/{_player.UserId}")).Status);
        Assert.Equal(6, (await KeptAsync()).Length);
    }

    [Fact]
    public async Task Deleting_all_accounts_leaves_what_belongs_to_no_player()
    {
        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync("/v2/console/account")).Status);
        Assert.Equal(["object saves/ours"], await KeptAsync());
    }

    [Fact]
    public async Task Deleting_all_storage_leaves_accounts()
    {
        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync("/v2/console/storage")).Status);
        Assert.Equal(["account", "wallet"], (await KeptAsync()).Select(static entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task Deleting_everything_leaves_nothing()
    {
        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync("/v2/console/all")).Status);
        Assert.Empty(await KeptAsync());
    }

    private async Task<string[]> KeptAsync() =>
        [.. (await _admin.GetAsync("/v2/console/history?limit=100")).Body.GetProperty("entries").EnumerateArray().Select(static entry => $"{entry.Text("kind")} {entry.Text("key")}".Replace($"/{HistoryCalls.NoUser}", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
