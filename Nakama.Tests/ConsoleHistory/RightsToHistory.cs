using System.Net;
using System.Text.Json;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.Groups;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleHistory;

public sealed class RightsToHistory(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private readonly ConsoleCaller _admin = ConsoleCaller.Basic(fixture.Server, "admin", "password");
    private string _player = "";
    private string _group = "";
    private string _object = "";

    private TestServer Server => fixture.Server;

    public async Task InitializeAsync()
    {
        var player = await Server.AuthenticateAsync();
        _player = player.UserId.ToString();
        _group = (await Server.CreateGroupAsync(player)).ToString();
        _object = $"saves/{Unique.Name("k")}/{_player}";
        await _admin.PostAsync($"/v2/console/account/{_player}", new { location = "Lisbon", wallet = """{"coins": 1}""" });
        await _admin.PostAsync($"/v2/console/group/{_group}", new { description = "new" });
        await _admin.PutAsync($"/v2/console/storage/{_object}", new { value = "{}" });
    }

    public Task DisposeAsync()
    {
        _admin.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("ACCOUNT", "account")]
    [InlineData("ACCOUNT_WALLET", "wallet")]
    [InlineData("GROUP", "group")]
    [InlineData("STORAGE_DATA", "object")]
    public async Task An_operator_sees_only_what_it_may_read(string resource, string kind)
    {
        using var reader = await OperatorAsync((resource, "r"));

        var kinds = (await reader.GetAsync("/v2/console/history?limit=100")).Body.GetProperty("entries").EnumerateArray().Select(static entry => entry.Text("kind")).Distinct();
        Assert.Equal([kind], kinds);
        foreach (var (other, key) in ((string, string)[])[("account", _player), ("wallet", _player), ("group", _group), ("object", _object)])
        {
            var (status, _) = await reader.GetAsync($"/v2/console/history?kinds={other}&key={Uri.EscapeDataString(key)}");
            Assert.Equal(other == kind ? HttpStatusCode.OK : HttpStatusCode.Forbidden, status);
            var entry = Assert.Single(await _admin.HistoryAsync(key, other));
            Assert.Equal(other == kind ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await reader.GetAsync($"/v2/console/history/{entry.Text("id")}")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.RevertAsync(entry)).Status);
        }
    }

    [Fact]
    public async Task Who_may_read_none_of_it_sees_nothing()
    {
        using var other = await OperatorAsync(("MATCH", "r"));
        Assert.Empty((await other.GetAsync("/v2/console/history")).Body.GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task A_revert_needs_the_right_to_the_change_and_to_its_opposite()
    {
        var key = Unique.Name("k");
        var path = $"/v2/console/storage/saves/{key}/{_player}";
        await _admin.PutAsync(path, new { value = "{}" });
        var creation = Assert.Single(await _admin.HistoryAsync($"saves/{key}/{_player}", "object"));
        using var writer = await OperatorAsync(("STORAGE_DATA", "rw"));
        using var deleter = await OperatorAsync(("STORAGE_DATA", "rd"));

        // What was written first would be deleted.
        Assert.False((await writer.GetAsync($"/v2/console/history/{creation.Text("id")}")).Body.GetProperty("may_revert").GetBoolean());
        Assert.Equal(HttpStatusCode.Forbidden, (await writer.RevertAsync(creation)).Status);
        Assert.Equal(HttpStatusCode.OK, (await deleter.RevertAsync(creation)).Status);

        var deletion = (await _admin.HistoryAsync($"saves/{key}/{_player}", "object"))[0];
        Assert.Equal(HttpStatusCode.Forbidden, (await deleter.RevertAsync(deletion)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await writer.RevertAsync(deletion)).Status);
        using var both = await OperatorAsync(("STORAGE_DATA", "rwd"));
        Assert.Equal(HttpStatusCode.OK, (await both.RevertAsync(deletion)).Status);
    }

    [Fact]
    public async Task A_role_that_may_edit_accounts_may_revert_edits_of_accounts()
    {
        using var support = await OperatorAsync(("ACCOUNT", "rw"));
        var entry = Assert.Single(await _admin.HistoryAsync(_player, "account"));
        Assert.Equal(HttpStatusCode.OK, (await support.RevertAsync(entry)).Status);
    }

    private async Task<ConsoleCaller> OperatorAsync(params (string Resource, string Letters)[] rights)
    {
        var acl = rights.ToDictionary(static right => right.Resource, static right => new
        {
            read = right.Letters.Contains('r', StringComparison.Ordinal),
            write = right.Letters.Contains('w', StringComparison.Ordinal),
            delete = right.Letters.Contains('d', StringComparison.Ordinal),
        });
        return (await ConsoleCaller.CreateAsync(Server, JsonSerializer.Serialize(new { admin = false, acl }))).Caller;
    }
}
