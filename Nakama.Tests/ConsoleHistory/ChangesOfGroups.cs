using System.Net;
using Nakama.Tests.Authentication;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.Groups;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleHistory;

public sealed class ChangesOfGroups(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Groups = "/v2/console/group";

    private readonly ConsoleCaller _admin = ConsoleCaller.Basic(fixture.Server, "admin", "password");

    private TestServer Server => fixture.Server;

    public void Dispose() => _admin.Dispose();

    [Fact]
    public async Task An_edit_can_be_reverted_and_what_others_have_changed_stays()
    {
        var group = await Server.CreateGroupAsync(await Server.AuthenticateAsync());
        var name = Unique.Name("g");

        Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Groups}/{group}", new { name, metadata = """{"a": 1}""" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await _admin.PostAsync($"{Groups}/{group}", new { name })).Status);
        var entry = Assert.Single(await _admin.HistoryAsync(group.ToString(), "group"));
        Assert.Equal(["metadata", "name"], entry.Names("changed"));
        await Server.ScalarAsync("UPDATE groups SET description = 'by a player' WHERE id = $1", group);

        var (status, error) = await _admin.RevertAsync(entry);
        Assert.Equal((HttpStatusCode.Conflict, "This was changed since: description."), (status, error.Text("message")));
        Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entry, force: true)).Status);

        var now = (await _admin.GetAsync($"{Groups}/{group}")).Body;
        Assert.NotEqual(name, now.Text("name"));
        Assert.Equal(("{}", "by a player"), (now.Text("metadata"), now.Text("description")));
    }

    [Fact]
    public async Task A_deleted_group_is_restored_with_the_members_that_still_have_an_account()
    {
        var (anna, ben, carl) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var group = await Server.CreateGroupAsync(anna);
        foreach (var player in (TestPlayer[])[ben, carl]) (await Server.JoinGroupAsync(player, group)).Ok();
        await _admin.PostAsync($"{Groups}/{group}/account/{ben.UserId}/promote");
        await Server.ManageAsync(anna, "ban", group, carl);
        var before = (await _admin.GetAsync($"{Groups}/{group}")).Body;

        Assert.Equal(HttpStatusCode.OK, (await _admin.DeleteAsync($"{Groups}/{group}")).Status);
        await Server.AsAsync(anna.Token, "DELETE /v2/account");
        var entry = (await _admin.HistoryAsync(group.ToString(), "group"))[0];
        var (status, answer) = await _admin.RevertAsync(entry);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["members"], answer.Names("not_restored"));
        var now = (await _admin.GetAsync($"{Groups}/{group}")).Body;
        foreach (var name in (string[])["name", "creator_id", "create_time", "metadata", "lang_tag"]) Assert.Equal(before.Text(name), now.Text(name));
        var members = (await _admin.GetAsync($"{Groups}/{group}/member")).Body.GetProperty("group_users").EnumerateArray()
            .ToDictionary(static member => member.GetProperty("user").Text("id"), static member => member.GetProperty("state").GetInt32());
        Assert.Equal(new Dictionary<string, int> { [ben.UserId.ToString()] = 1, [carl.UserId.ToString()] = 4 }, members);
        Assert.Equal(1, now.GetProperty("edge_count").GetInt32());
    }

    [Fact]
    public async Task A_group_whose_name_is_taken_by_now_is_not_restored()
    {
        var group = await Server.CreateGroupAsync(await Server.AuthenticateAsync());
        var name = (await _admin.GetAsync($"{Groups}/{group}")).Body.Text("name");
        await _admin.DeleteAsync($"{Groups}/{group}");
        await Server.CreateGroupAsync(await Server.AuthenticateAsync(), name: name);

        var (status, error) = await _admin.RevertAsync(Assert.Single(await _admin.HistoryAsync(group.ToString(), "group")));

        Assert.Equal((HttpStatusCode.BadRequest, "Group name is in use."), (status, error.Text("message")));
        Assert.Single(await _admin.HistoryAsync(group.ToString(), "group"));
    }

    [Fact]
    public async Task Members_that_were_added_moved_or_removed_get_their_former_states_back()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var group = await Server.CreateGroupAsync(anna);

        await _admin.PostAsync($"{Groups}/{group}/add", new { ids = ben.UserId.ToString() });
        await _admin.PostAsync($"{Groups}/{group}/add", new { ids = ben.UserId.ToString() });
        await _admin.PostAsync($"{Groups}/{group}/account/{ben.UserId}/promote");
        await _admin.DeleteAsync($"/v2/console/account/{ben.UserId}/group/{group}");
        var entries = await _admin.HistoryAsync(group.ToString(), "members", "group");
        Assert.Equal(["remove", "promote", "add"], entries.Select(static entry => entry.Text("action")));

        Assert.Equal([null, 1, 2, null],
        [
            await StateAsync(group, ben), await RevertedAsync(entries[0]), await RevertedAsync(entries[1]), await RevertedAsync(entries[2]),
        ]);
        Assert.Equal(1, (await _admin.GetAsync($"{Groups}/{group}")).Body.GetProperty("edge_count").GetInt32());

        async Task<int?> RevertedAsync(System.Text.Json.JsonElement entry)
        {
            Assert.Equal(HttpStatusCode.OK, (await _admin.RevertAsync(entry)).Status);
            return await StateAsync(group, ben);
        }
    }

    [Fact]
    public async Task A_revert_never_takes_the_last_superadmin_from_a_group()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var group = await Server.CreateGroupAsync(anna);
        await _admin.PostAsync($"{Groups}/{group}/add", new { ids = ben.UserId.ToString() });
        foreach (var _ in (int[])[1, 2]) await _admin.PostAsync($"{Groups}/{group}/account/{ben.UserId}/promote");
        await _admin.PostAsync($"{Groups}/{group}/account/{anna.UserId}/demote");

        var promotion = (await _admin.HistoryAsync(group.ToString(), "members"))[1];
        var (status, error) = await _admin.RevertAsync(promotion);

        Assert.Equal((HttpStatusCode.BadRequest, "The group would have no superadmin."), (status, error.Text("message")));
        Assert.Equal((0, 1), (await StateAsync(group, ben), await StateAsync(group, anna)));
    }

    private async Task<int?> StateAsync(Guid group, TestPlayer player) =>
        await Server.ScalarAsync("SELECT state FROM group_edge WHERE source_id = $1 AND destination_id = $2", group, player.UserId) is short state ? state : null;
}
