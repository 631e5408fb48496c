using System.Net;
using System.Text.Json;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Accounts that modules and operators export and import.</summary>
public sealed class MovingAccounts(MovingAccounts.Node node) : IClassFixture<MovingAccounts.Node>
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_rpc(function(ctx, payload)
          nk.storage_write({ { collection = "c", key = "k", user_id = ctx.user_id, value = { n = 1 }, permission_read = 2, permission_write = 0 } })
          nk.wallet_update(ctx.user_id, { coins = 7 }, { why = "gift" }, true)
          nk.notification_send(ctx.user_id, "hi", { x = 1 }, 5, nil, true)
          nk.account_update_id(ctx.user_id, { level = 3 }, nil, "Ann")
        end, "fill")
        nk.register_rpc(function(ctx, id) return nk.account_export_id(id) end, "export")
        nk.register_rpc(function(ctx, data) return nk.json_encode(nk.account_import_id(data)) end, "import")
        nk.register_rpc(function(ctx, payload)
          local request = nk.json_decode(payload)
          return nk.json_encode(nk.account_import_id(request.data, request.user_id))
        end, "import_into")
        nk.register_rpc(function(ctx, payload)
          local request = nk.json_decode(payload)
          nk.account_delete_id(request.user_id, request.recorded)
        end, "delete")
        nk.register_rpc(function(ctx, payload)
          local calls = 0
          local acks = nk.storage_write_retry({ { collection = "retry", key = "k" } }, function(objects)
            calls = calls + 1
            local count = objects[1] and objects[1].value.count or 0
            -- Another writer comes first, twice.
            if calls <= 2 then nk.storage_write({ { collection = "retry", key = "k", value = { count = count + 10 } } }) end
            return { { collection = "retry", key = "k", value = { count = count + 1 } } }
          end, tonumber(payload))
          return nk.json_encode({ calls, #acks, nk.storage_read({ { collection = "retry", key = "k" } })[1].value.count })
        end, "retry")
        nk.register_rpc(function(ctx, payload)
          nk.storage_write_retry({ { collection = "retry", key = "x" } }, function(objects) error("not today") end, 3)
        end, "retry_fails")
        """;

    [Fact]
    public async Task An_export_holds_what_belongs_to_an_account()
    {
        var (player, export) = await FilledAsync();

        Assert.Equal(player.UserId.ToString(), export.GetProperty("account").GetProperty("user").GetProperty("id").GetString());
        Assert.Equal("""{"coins": 7}""", export.GetProperty("account").GetProperty("wallet").GetString());
        var item = Assert.Single(export.GetProperty("objects").EnumerateArray());
        Assert.Equal("""{"n": 1}""", item.GetProperty("value").GetString());
        Assert.Equal("hi", Assert.Single(export.GetProperty("notifications").EnumerateArray()).GetProperty("subject").GetString());
        Assert.Equal("""{"why": "gift"}""", Assert.Single(export.GetProperty("wallet_ledgers").EnumerateArray()).GetProperty("metadata").GetString());

        using var console = ConsoleCaller.Basic(node.Server.Server, "admin", "password");
        var exported = await console.GetAsync($"/v2/console/account/{player.UserId}/export");
        Assert.Equal(HttpStatusCode.OK, exported.Status);
        Assert.Equal("Ann", exported.Body.GetProperty("account").GetProperty("user").GetProperty("display_name").GetString());
    }

    [Fact]
    public async Task A_deleted_account_comes_back_with_its_objects_under_its_id()
    {
        var (player, export) = await FilledAsync();
        Assert.Equal(200, (await node.Server.CallAsync("delete", JsonSerializer.Serialize(new { user_id = player.UserId, recorded = true }))).Status);

        var (status, body) = await node.Server.CallAsync("import", export.GetRawText());

        Assert.Equal((200, player.Username), (status, JsonDocument.Parse(body).RootElement.GetProperty("username").GetString()));
        var again = JsonDocument.Parse((await node.Server.CallAsync("export", player.UserId.ToString())).Body).RootElement;
        Assert.Equal(export.GetProperty("account").GetRawText(), again.GetProperty("account").GetRawText());
        Assert.Equal(export.GetProperty("objects").GetRawText(), again.GetProperty("objects").GetRawText());
        Assert.False(again.TryGetProperty("notifications", out _));
    }

    [Fact]
    public async Task An_account_takes_over_metadata_wallet_and_objects_of_another()
    {
        var (_, export) = await FilledAsync();
        var other = await node.Server.Server.AuthenticateAsync();

        var (status, body) = await node.Server.CallAsync("import_into", JsonSerializer.Serialize(new { data = export.GetRawText(), user_id = other.UserId }));

        Assert.Equal(200, status);
        var account = JsonDocument.Parse(body).RootElement;
        Assert.Equal((other.Username, ""), (account.GetProperty("username").GetString(), account.GetProperty("display_name").GetString()));
        Assert.Equal("""{"level":3}""", account.GetProperty("metadata").GetRawText());
        Assert.Equal("""{"coins":7}""", account.GetProperty("wallet").GetRawText());
        var again = JsonDocument.Parse((await node.Server.CallAsync("export", other.UserId.ToString())).Body).RootElement;
        Assert.Equal(other.UserId.ToString(), Assert.Single(again.GetProperty("objects").EnumerateArray()).GetProperty("user_id").GetString());
    }

    [Fact]
    public async Task Data_that_is_not_valid_changes_nothing()
    {
        var (player, export) = await FilledAsync();
        var text = export.GetRawText();
        using var console = ConsoleCaller.Basic(node.Server.Server, "admin", "password");

        foreach (var (data, reason) in new[]
        {
            ("{}", "it has no account with a user"),
            ("""{"account":{"user":{"metadata":"nope"},"wallet":"{}"}}""", "metadata must be a JSON object"),
            ("""{"account":{"user":{"metadata":"{}"},"wallet":"[]"}}""", "wallet must be a JSON object"),
            ("""{"account":{"user":{"metadata":"{}"},"wallet":"{}"},"objects":[{"collection":"c","key":"k","value":"{}"},{"collection":"c","key":"k","value":"{}"}]}""", "object 1 is there twice"),
            ("""{"account":{"user":{"metadata":"{}"},"wallet":"{}"},"objects":[{"collection":"c","key":"","value":"{}"}]}""", "object 0 needs a collection and a key of 1-128 bytes"),
            ("""{"account":{"user":{"metadata":"{}"},"wallet":"{}"},"objects":[{"collection":"c","key":"k","value":"{}","permission_read":3}]}""", "object 0 has permissions that do not exist"),
        })
        {
            var refused = await console.PutAsync($"/v2/console/account/{player.UserId}/import", new { data = JsonDocument.Parse(data).RootElement });
            Assert.Equal((HttpStatusCode.BadRequest, $"Account data is not valid: {reason}."), (refused.Status, refused.Body.GetProperty("message").GetString()));
        }

        var taken = await console.PostAsync("/v2/console/account", new { data = export });
        Assert.Equal((HttpStatusCode.InternalServerError, "User identifier already exists."), (taken.Status, taken.Body.GetProperty("message").GetString()));
        Assert.Equal(text, (await node.Server.CallAsync("export", player.UserId.ToString())).Body);
    }

    [Fact]
    public async Task What_is_no_export_is_an_error_of_the_argument()
    {
        var (_, body) = await node.Server.CallAsync("import", "nonsense");

        Assert.Equal("bad argument #1 to account_import_id (expects data to be a valid account export format)", ModuleServer.MessageOf(body));
    }

    [Fact]
    public async Task An_unknown_account_is_not_exported()
    {
        var (_, body) = await node.Server.CallAsync("export", Guid.NewGuid().ToString());

        Assert.Equal("error exporting account: account not found", ModuleServer.MessageOf(body));
    }

    [Fact]
    public async Task A_write_that_lost_to_another_is_made_anew_from_what_is_stored()
    {
        // The third attempt sees what two others have written.
        Assert.Equal("[3,1,21]", (await node.Server.CallAsync("retry", "5")).Body);
        var (_, body) = await node.Server.CallAsync("retry", "1");
        Assert.Equal("failed to write storage objects with retry: Storage write retries exhausted.", ModuleServer.MessageOf(body));
        (_, body) = await node.Server.CallAsync("retry", "11");
        Assert.Equal("bad argument #3 to storage_write_retry (max retries must be a value between 0 and 10)", ModuleServer.MessageOf(body));
        (_, body) = await node.Server.CallAsync("retry_fails");
        Assert.Matches(@"^update function error: .*game\.lua:\d+: not today$", ModuleServer.MessageOf(body));
    }

    private async Task<(TestPlayer Player, JsonElement Export)> FilledAsync()
    {
        var player = await node.Server.Server.AuthenticateAsync();
        await node.Server.CallAsync(player, "fill");
        return (player, JsonDocument.Parse((await node.Server.CallAsync("export", player.UserId.ToString())).Body).RootElement);
    }

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(Module);

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
