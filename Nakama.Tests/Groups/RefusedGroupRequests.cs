using Nakama.Server.Friends;
using Nakama.Server.Groups;
using Nakama.Tests.Authentication;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Groups;

/// <summary>Requests about groups that are refused, or have nothing to do.</summary>
public sealed class RefusedGroupRequests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string Long = new('x', 600);

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_group_needs_a_name_of_its_own_and_values_that_fit()
    {
        var anna = await Server.AuthenticateAsync();
        var name = Unique.Name("g");
        await Server.CreateGroupAsync(anna, name: name);

        (await CreateAsync(new { name = "" })).Refused(400, 3, "Group name must be set.");
        (await CreateAsync(new { description = "x" })).Refused(400, 3, "Group name must be set.");
        (await CreateAsync(new { name = "x" + name, max_count = -1 })).Refused(400, 3, "Group max count must be >= 1 when set.");
        (await CreateAsync(new { name })).Refused(409, 6, "Group name is in use.");
        (await CreateAsync(new { name = Long })).Refused(500, 13, "Error while trying to create group.");
        (await CreateAsync(new { name = "x" + name, description = Long })).Refused(500, 13, "Error while trying to create group.");
        (await CreateAsync(new { name = "x" + name, avatar_url = Long })).Refused(500, 13, "Error while trying to create group.");
        (await CreateAsync(new { name = "x" + name, lang_tag = Long })).Refused(500, 13, "Error while trying to create group.");
        (await CreateAsync(new { name = "x\0" + name })).Refused(400, 3, "Text must not contain NUL characters.");
        (await CreateAsync(new { name = name.ToUpperInvariant() })).Ok();
        (await CreateAsync(new { name = new string(' ', Random.Shared.Next(1, 200)) })).Ok();

        Task<ApiAnswer> CreateAsync(object body) => Server.AsAsync(anna.Token, "POST /v2/group", body);
    }

    [Fact]
    public async Task A_change_needs_something_to_change_and_values_that_fit()
    {
        var anna = await Server.AuthenticateAsync();
        var (name, other) = (Unique.Name("g"), Unique.Name("g"));
        var group = await Server.CreateGroupAsync(anna, name: name);
        await Server.CreateGroupAsync(anna, name: other);

        (await UpdateAsync(new { })).Refused(400, 3, "Specify at least one field to update.");
        (await UpdateAsync(new { max_count = 5 })).Refused(400, 3, "Specify at least one field to update.");
        (await UpdateAsync(new { name = "" })).Refused(400, 3, "Group name cannot be empty.");
        (await UpdateAsync(new { lang_tag = "" })).Refused(400, 3, "Group language cannot be empty.");
        (await UpdateAsync(new { name = other })).Refused(400, 3, "Group name is in use.");
        (await UpdateAsync(new { name = Long })).Refused(500, 13, "Error while trying to update group.");
        (await UpdateAsync(new { description = Long })).Refused(500, 13, "Error while trying to update group.");
        (await UpdateAsync(new { name, open = true })).Ok();
        (await Server.AsAsync(anna.Token, $"PUT /v2/group/{Guid.NewGuid()}", new { open = true }))
            .Refused(404, 5, "Group not found or you're not allowed to update.");

        Task<ApiAnswer> UpdateAsync(object body) => Server.AsAsync(anna.Token, $"PUT /v2/group/{group}", body);
    }

    [Theory]
    [InlineData("PUT /v2/group/bad")]
    [InlineData("DELETE /v2/group/bad")]
    [InlineData("POST /v2/group/bad/join")]
    [InlineData("POST /v2/group/bad/leave")]
    [InlineData("POST /v2/group/bad/add?user_ids=bad")]
    [InlineData("POST /v2/group/bad/kick")]
    [InlineData("POST /v2/group/bad/ban")]
    [InlineData("POST /v2/group/bad/promote")]
    [InlineData("POST /v2/group/bad/demote")]
    [InlineData("GET /v2/group/bad/user")]
    [InlineData("GET /v2/user/bad/group")]
    public async Task An_id_must_be_one(string request) =>
        (await Server.AsAsync((await Server.AuthenticateAsync()).Token, request)).Refused(400, 3, "Group ID must be a valid ID.");

    [Theory]
    [InlineData("add")]
    [InlineData("kick")]
    [InlineData("ban")]
    [InlineData("promote")]
    [InlineData("demote")]
    public async Task Users_are_named_by_their_ids_and_only_demoting_needs_any(string deed)
    {
        var anna = await Server.AuthenticateAsync();
        var group = await Server.CreateGroupAsync(anna);
        var request = $"POST /v2/group/{group}/{deed}";

        (await Server.AsAsync(anna.Token, $"{request}?user_ids=bad")).Refused(400, 3, "User ID must be a valid ID.");
        (await Server.AsAsync(anna.Token, $"{request}?user_ids={Guid.Empty}")).Refused(400, 3, "User ID must be a valid ID.");
        (await Server.AsAsync(anna.Token, $"{request}?user_ids={anna.UserId}")).Ok();
        var nobody = await Server.AsAsync(anna.Token, request, new { user_ids = new[] { "bad" } });
        if (deed == "demote") nobody.Refused(400, 3, "User IDs must be set.");
        else nobody.Ok();

        Assert.Equal("0/0", await Server.MembershipAsync(group, anna));
    }

    [Fact]
    public async Task Lists_are_asked_for_within_their_bounds()
    {
        var anna = await Server.AuthenticateAsync();
        var group = await Server.CreateGroupAsync(anna);
        var cursor = new EdgeCursor(2, 5).ToString();

        foreach (var list in new[] { $"group/{group}/user", $"user/{anna.UserId}/group" })
        {
            await RefusedAsync($"{list}?limit=0", 400, 3, "Invalid limit - limit must be between 1 and 100.");
            await RefusedAsync($"{list}?limit=101", 400, 3, "Invalid limit - limit must be between 1 and 100.");
            await RefusedAsync($"{list}?state=-1", 400, 3, "Invalid state - state must be between 0 and 4.");
            await RefusedAsync($"{list}?state=5", 400, 3, "Invalid state - state must be between 0 and 4.");
            await RefusedAsync($"{list}?cursor=bad", 400, 3, "Cursor is invalid.");
            await RefusedAsync($"{list}?state=1&cursor={cursor}", 400, 3, "Cursor is invalid.");
            (await Server.AsAsync(anna.Token, $"GET /v2/{list}?state=2&cursor={cursor}")).Ok();
        }

        await RefusedAsync("group?limit=0", 400, 3, "Invalid limit - limit must be between 1 and 100.");
        await RefusedAsync("group?limit=101", 400, 3, "Invalid limit - limit must be between 1 and 100.");
        await RefusedAsync("group?cursor=bad", 400, 3, "Cursor is invalid.");
        await RefusedAsync($"group?cursor={cursor}&name=%00", 400, 3, "Text must not contain NUL characters.");
        foreach (var filter in new[] { "open=false", "lang_tag=en", "members=0" })
            await RefusedAsync("group?name=x&" + filter, 400, 3, "name filter cannot be combined with any other filter");
        (await Server.AsAsync(anna.Token, "GET /v2/group?name=x&members=-1")).Ok();
        Assert.Single((await Server.AsAsync(anna.Token, "GET /v2/group")).Ok().Body.List("groups"));

        async Task RefusedAsync(string request, int status, int code, string text) =>
            (await Server.AsAsync(anna.Token, "GET /v2/" + request)).Refused(status, code, text);
    }

    [Fact]
    public async Task A_cursor_of_other_filters_gives_some_page_and_no_error()
    {
        var anna = await Server.AuthenticateAsync();
        var cursor = new GroupCursor("de", 3, Guid.NewGuid(), true, "x", DateTime.UnixEpoch).ToString();

        foreach (var query in new[] { "", "open=true", "lang_tag=en", "members=3", "name=x", "open=true&members=2", "open=true&lang_tag=en&members=2" })
            (await Server.AsAsync(anna.Token, $"GET /v2/group?{query}&cursor={cursor}")).Ok();
    }
}
