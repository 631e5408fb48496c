using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleHistory;

public sealed class BoundsOfHistory
{
    private const string Accounts = "/v2/console/account";

    [Fact]
    public async Task Pages_lead_both_ways_and_filters_apply()
    {
        await using var server = await TestServer.StartAsync();
        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        var (caller, name) = await ConsoleCaller.CreateAsync(server, """{"admin": true}""");
        using var other = caller;
        var player = await server.AuthenticateAsync();
        for (var i = 0; i < 7; i++) await admin.PostAsync($"{Accounts}/{player.UserId}", new { location = $"place {i}" });
        await other.PostAsync($"{Accounts}/{player.UserId}", new { wallet = """{"coins": 1}""" });

        var (first, next, _) = await PageAsync("limit=3");
        var (second, last, back) = await PageAsync($"limit=3&cursor={next}");
        var (third, end, _) = await PageAsync($"limit=3&cursor={last}");
        var (again, _, start) = await PageAsync($"limit=3&cursor={back}");

        Assert.Equal((3, 3, 2, ""), (first.Length, second.Length, third.Length, end));
        Assert.Equal(8, first.Concat(second).Concat(third).Distinct().Count());
        Assert.Equal(first, again);
        Assert.Equal("", start);
        Assert.Single((await PageAsync($"operator={name}")).Ids);
        Assert.Equal(7, (await PageAsync("kinds=account")).Ids.Length);
        Assert.Empty((await PageAsync("after=2999-01-01T00:00:00Z")).Ids);
        Assert.Equal(8, (await PageAsync("before=2999-01-01T00:00:00Z")).Ids.Length);
        foreach (var wrong in (string[])["kinds=ghost", "key=x", "limit=101", "cursor=x"]) Assert.Equal(HttpStatusCode.BadRequest, (await admin.GetAsync($"/v2/console/history?{wrong}")).Status);

        async Task<(string[] Ids, string Next, string Previous)> PageAsync(string query)
        {
            var (status, list) = await admin.GetAsync($"/v2/console/history?{query}");
            Assert.Equal(HttpStatusCode.OK, status);
            return ([.. list.GetProperty("entries").EnumerateArray().Select(static entry => entry.Text("id"))], list.Text("next_cursor"), list.Text("prev_cursor"));
        }
    }

    [Fact]
    public async Task Only_the_newest_entries_of_an_object_are_kept()
    {
        await using var server = await TestServer.StartAsync(static options => options with { Console = options.Console with { History = new() { MaxEntriesPerObject = 3 } } });
        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        var (player, other) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
        await admin.PostAsync($"{Accounts}/{other.UserId}", new { location = "elsewhere" });
        for (var i = 0; i < 5; i++) await admin.PostAsync($"{Accounts}/{player.UserId}", new { location = $"place {i}" });

        var entries = await admin.HistoryAsync(player.UserId.ToString(), "account");
        Assert.Equal(3, entries.Count);
        Assert.Equal("place 4", (await admin.StatesAsync(entries[0])).After!.Value.Text("location"));
        Assert.Single(await admin.HistoryAsync(other.UserId.ToString(), "account"));
    }

    [Fact]
    public async Task What_is_older_than_the_setting_is_pruned()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(
            static options => options with { Console = options.Console with { History = new() { MaxAgeSec = 86400 } } },
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        var player = await server.AuthenticateAsync();
        await admin.PostAsync($"{Accounts}/{player.UserId}", new { location = "old" });
        await admin.PostAsync($"{Accounts}/{player.UserId}", new { location = "new" });
        // More than one batch deletes.
        await server.ScalarAsync("""
            INSERT INTO nakama_net.console_history SELECT gen_random_uuid(), created_at, kind, object_key, owner_id, operator_id, operator_name, action, changed,
                password_changed, reverts_id, state_before, is_whole_before, state_after, is_whole_after
            FROM nakama_net.console_history, generate_series(1, 1200) WHERE state_after LIKE '%"old"%'
            """);
        await server.ScalarAsync("UPDATE nakama_net.console_history SET created_at = $1 WHERE state_after LIKE '%\"old\"%'", clock.GetUtcNow().AddDays(-1).AddMinutes(-1).UtcDateTime);
        await server.ScalarAsync("UPDATE nakama_net.console_history SET created_at = $1 WHERE state_after LIKE '%\"new\"%'", clock.GetUtcNow().AddDays(3000).UtcDateTime);

        while ((long)(await server.ScalarAsync("SELECT count(*) FROM nakama_net.console_history"))! > 1)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        var entry = Assert.Single(await admin.HistoryAsync(player.UserId.ToString(), "account"));
        Assert.Equal("new", (await admin.StatesAsync(entry)).After!.Value.Text("location"));
    }

    [Fact]
    public async Task Without_room_for_entries_nothing_is_kept_and_everything_works()
    {
        await using var server = await TestServer.StartAsync(static options => options with { Console = options.Console with { History = new() { MaxEntriesPerObject = 0 } } });
        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        var player = await server.AuthenticateAsync();

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"{Accounts}/{player.UserId}", new { location = "here" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsync($"/v2/console/storage/saves/k/{player.UserId}", new { value = "{}" })).Status);
        Assert.Equal(HttpStatusCode.OK, await admin.ImportStorageAsync("[]"));
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync($"{Accounts}/{player.UserId}")).Status);

        Assert.Empty((await admin.GetAsync("/v2/console/history")).Body.GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task A_change_and_its_entry_are_made_together_or_not_at_all()
    {
        await using var server = await TestServer.StartAsync();
        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        var player = await server.AuthenticateAsync();
        await server.ScalarAsync("ALTER TABLE nakama_net.console_history ADD CONSTRAINT refused CHECK (false) NOT VALID");

        foreach (var (verb, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Post, $"{Accounts}/{player.UserId}", new { location = "Lisbon" }), (HttpMethod.Post, $"{Accounts}/{player.UserId}/ban", null),
            (HttpMethod.Put, $"/v2/console/storage/saves/k/{player.UserId}", new { value = "{}" }), (HttpMethod.Delete, $"{Accounts}/{player.UserId}", null),
        })
        {
            var (status, _) = verb == HttpMethod.Post ? await admin.PostAsync(path, body) : verb == HttpMethod.Put ? await admin.PutAsync(path, body!) : await admin.DeleteAsync(path);
            Assert.NotEqual(HttpStatusCode.OK, status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, await admin.ImportStorageAsync($$$"""[{"collection": "saves", "key": "i", "user_id": "{{{player.UserId}}}", "value": {} }]"""));
        Assert.Equal(1L, await server.ScalarAsync("SELECT count(*) FROM users WHERE id = $1 AND location IS NULL AND disable_time = 'epoch'", player.UserId));
        Assert.Equal(0L, await server.ScalarAsync("SELECT count(*) FROM storage WHERE user_id = $1", player.UserId));
    }
}
