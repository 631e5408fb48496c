using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Api;
using Nakama.Server.Groups;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Groups;

/// <summary>Groups are found by filters and by name, and listed with their members.</summary>
public sealed class ListingGroups(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string[] Languages = ["de", "en", "nb"];

    private TestServer Server => fixture.Server;

    private GroupSearch Search => Server.Services.GetRequiredService<GroupSearch>();

    [Fact]
    public async Task Whatever_the_filters_pages_of_any_size_show_every_fitting_group_once()
    {
        await using var server = await TestServer.StartAsync();
        var players = await server.PlayersAsync(4);
        for (var i = 0; i < 14; i++)
        {
            var made = (await server.AsAsync(players[0].Token, "POST /v2/group", new { name = Unique.Name("g"), lang_tag = Languages[i % 3], open = i % 2 == 0 })).Ok();
            if (i % 4 > 0) (await server.ManageAsync(players[0], "add", Guid.Parse(made.Text("id")), players[1..(1 + (i % 4))])).Ok();
        }
        var search = server.Services.GetRequiredService<GroupSearch>();
        var all = Pages(search, new GroupFilter(), 100);
        Assert.Equal(14, all.Count);

        var filters =
            from open in Gen.Elements<bool?>(null, true, false)
            from language in Gen.Elements("", "de", "en", "nb", "xx")
            from members in Gen.Elements<int?>(null, -1, 1, 2, 3, 9)
            select new GroupFilter { IsOpen = open, LangTag = language, Members = members };
        Prop.ForAll(filters.ToArbitrary(), Gen.Choose(1, 15).ToArbitrary(), (filter, limit) =>
        {
            var fitting = all.Where(group => Fits(group, filter)).Select(group => group.Id);
            var paged = Pages(search, filter, limit).Select(group => group.Id).ToList();
            return paged.Order().SequenceEqual(fitting.Order()) && paged.SequenceEqual(Pages(search, filter, 100).Select(group => group.Id));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("", "update_time")]
    [InlineData("open=true", "update_time")]
    [InlineData("lang_tag=zz", "edge_count")]
    [InlineData("members=9", "-edge_count")]
    [InlineData("lang_tag=zz&members=9", "-edge_count")]
    [InlineData("open=true&lang_tag=zz", "-edge_count")]
    [InlineData("open=true&members=9", "-edge_count")]
    public async Task Each_combination_of_filters_has_its_order(string query, string order)
    {
        var players = await Server.PlayersAsync(3);
        for (var i = 0; i < 3; i++)
        {
            var made = (await Server.AsAsync(players[0].Token, "POST /v2/group", new { name = Unique.Name("g"), lang_tag = "zz", open = true })).Ok();
            await Server.ManageAsync(players[0], "add", Guid.Parse(made.Text("id")), players[1..(1 + (i % 3))]);
        }

        var found = (await Server.AsAsync(players[0].Token, $"GET /v2/group?limit=100&{query}")).Ok().Body.List("groups").ToList();

        var keys = order == "update_time"
            ? found.Select(group => group.GetProperty("update_time").GetDateTime().Ticks).ToList()
            : found.Select(group => (order[0] == '-' ? -1L : 1L) * group.GetProperty("edge_count").GetInt64()).ToList();
        Assert.Equal(keys.Order(), keys);
        Assert.True(keys.Count >= 3);
    }

    [Fact]
    public async Task A_name_is_a_pattern_without_case_and_finds_disabled_groups_too()
    {
        var anna = await Server.AuthenticateAsync();
        var name = Unique.Name("Name");
        var id = await Server.CreateGroupAsync(anna, name: name + "-one");
        await Server.CreateGroupAsync(anna, name: name + "-two");
        await Server.DisableGroupAsync(id);

        Assert.Equal([name + "-one"], await FindAsync(name.ToUpperInvariant() + "-ONE"));
        Assert.Equal([name + "-one", name + "-two"], await FindAsync(name + "%"));
        Assert.Equal([name + "-two"], await FindAsync("% " + name + "-t_o"));
        Assert.Empty(await FindAsync(name));
        Assert.Empty(await FindAsync("%" + name[5..] + "-one"));
        Assert.DoesNotContain(name + "-one", await FindAsync("% %"));
        Assert.Contains(name + "-two", await FindAsync("% %"));

        var first = (await Server.AsAsync(anna.Token, $"GET /v2/group?limit=1&name={name}%25")).Ok().Body;
        var second = (await Server.AsAsync(anna.Token, $"GET /v2/group?limit=1&name={name}%25&cursor={first.Text("cursor")}")).Ok().Body;
        Assert.Equal(name + "-two", second.List("groups").Single().Text("name"));
        Assert.Equal("", second.Text("cursor"));

        async Task<List<string>> FindAsync(string pattern) =>
            [.. (await Search.ListAsync(new GroupFilter { Name = pattern }, 100, "", default)).Groups.Select(group => group.Name)];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Members_are_listed_by_rank_and_age_and_the_banned_only_when_asked_for(int limit)
    {
        var players = await Server.PlayersAsync(7);
        var group = await Server.StaffedGroupAsync(players[..5], open: false);
        await Server.JoinGroupAsync(players[5], group);
        await Server.JoinGroupAsync(players[6], group);
        await Server.ManageAsync(players[0], "ban", group, players[4]);

        List<string> seen = [];
        for (var cursor = ""; ;)
        {
            var page = (await Server.AsAsync(players[6].Token, $"GET /v2/group/{group}/user?limit={limit}&cursor={cursor}")).Ok().Body;
            seen.AddRange(page.List("group_users").Select(member => member.GetProperty("user").Text("id")));
            cursor = page.Text("cursor");
            if (cursor.Length == 0) break;
        }
        var banned = (await Server.AsAsync(players[6].Token, $"GET /v2/group/{group}/user?state=4")).Ok().Body;

        int[] order = [0, 1, 2, 3, 5, 6];
        Assert.Equal(order.Select(i => players[i].UserId.ToString()), seen);
        Assert.Equal(players[4].UserId.ToString(), banned.List("group_users").Single().GetProperty("user").Text("id"));
        Assert.Empty((await Server.AsAsync(players[6].Token, $"GET /v2/group/{Guid.NewGuid()}/user")).Ok().Body.EnumerateObject());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task The_groups_of_anyone_are_listed_by_rank_requests_and_disabled_ones_too(int limit)
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        Guid[] groups = [await Server.CreateGroupAsync(ben), await Server.CreateGroupAsync(anna), await Server.CreateGroupAsync(anna, open: false)];
        await Server.JoinGroupAsync(ben, groups[2]);
        await Server.JoinGroupAsync(ben, groups[1]);
        await Server.DisableGroupAsync(groups[1]);

        List<string> seen = [];
        for (var cursor = ""; ;)
        {
            var page = (await Server.AsAsync(anna.Token, $"GET /v2/user/{ben.UserId}/group?limit={limit}&cursor={cursor}")).Ok().Body;
            seen.AddRange(page.List("user_groups").Select(member => member.GetProperty("state").GetInt32() + member.GetProperty("group").Text("id")));
            cursor = page.Text("cursor");
            if (cursor.Length == 0) break;
        }

        Assert.Equal([$"0{groups[0]}", $"2{groups[1]}", $"3{groups[2]}"], seen);
    }

    private static bool Fits(Group group, GroupFilter filter) =>
        (filter.IsOpen is null || group.Open == filter.IsOpen)
        && (filter.LangTag.Length == 0 || group.LangTag == filter.LangTag)
        && (filter.Members is null or < 0 || group.EdgeCount <= filter.Members);

    private static List<Group> Pages(GroupSearch search, GroupFilter filter, int limit)
    {
        List<Group> found = [];
        for (var cursor = ""; ;)
        {
            var page = search.ListAsync(filter, limit, cursor, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            Assert.InRange(page.Groups.Count, cursor.Length == 0 ? 0 : 1, limit);
            found.AddRange(page.Groups);
            cursor = page.Cursor;
            if (cursor.Length == 0) return found;
        }
    }
}
