using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Friends;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Friends;

/// <summary>Requests about friends that are refused, or have nothing to do.</summary>
public sealed class RefusedFriendRequests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    public static TheoryData<string, string> Selves => new()
    {
        { "POST /v2/friend", "Cannot add self as friend." },
        { "POST /v2/friend/block", "Cannot block self." },
        { "DELETE /v2/friend", "Cannot delete self." },
    };

    public static TheoryData<string, string, string> Deeds => new()
    {
        { "POST /v2/friend", "Cannot add self as friend.", "No valid ID or username was provided." },
        { "POST /v2/friend/block", "Cannot block self.", "No valid ID or username was provided." },
        { "DELETE /v2/friend", "Cannot delete self.", "" },
    };

    [Theory]
    [MemberData(nameof(Selves))]
    public async Task Nobody_does_it_to_oneself_however_one_is_called(string deed, string self)
    {
        var player = await Server.AuthenticateAsync();
        var id = player.UserId;

        foreach (var query in new[]
            {
                $"ids={id}", $"ids={id.ToString().ToUpperInvariant()}", $"ids={id:N}", $"ids=urn:uuid:{id}",
                $"usernames={player.Username}", $"ids={Guid.NewGuid()}&ids={id}",
            })
        {
            (await Server.AsAsync(player.Token, $"{deed}?{query}")).Refused(400, 3, self);
        }

        var name = Unique.Name();
        (await Server.AsAsync(player.Token, "PUT /v2/account", new { username = name })).Ok();
        (await Server.AsAsync(player.Token, $"{deed}?usernames={name}")).Refused(400, 3, self);
    }

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Ids_and_names_that_cannot_be_are_refused_in_the_order_they_are_looked_at(string deed, string self, string nobody)
    {
        var player = await Server.AuthenticateAsync();

        (await Server.AsAsync(player.Token, $"{deed}?ids=nope")).Refused(400, 3, "Invalid user ID 'nope'.");
        (await Server.AsAsync(player.Token, $"{deed}?ids={Guid.Empty}")).Refused(400, 3, $"Invalid user ID '{Guid.Empty}'.");
        (await Server.AsAsync(player.Token, $"{deed}?ids=a,b&usernames=")).Refused(400, 3, "Invalid user ID 'a,b'.");
        (await Server.AsAsync(player.Token, $"{deed}?ids=nope&ids={player.UserId}")).Refused(400, 3, "Invalid user ID 'nope'.");
        (await Server.AsAsync(player.Token, $"{deed}?ids={player.UserId}&ids=nope")).Refused(400, 3, self);
        (await Server.AsAsync(player.Token, $"{deed}?usernames=")).Refused(400, 3, "Username must not be empty.");
        (await Server.AsAsync(player.Token, $"{deed}?usernames=x&usernames=")).Refused(400, 3, "Username must not be empty.");

        var strangers = await Server.AsAsync(player.Token, $"{deed}?usernames=nobody-has-this-name");
        if (nobody.Length > 0) strangers.Refused(400, 3, nobody);
        else strangers.Ok();
        (await Server.AsAsync(player.Token, $"{deed}?ids={Guid.NewGuid()}")).Ok();
        (await Server.AsAsync(player.Token, deed)).Ok();
        (await Server.AsAsync(player.Token, deed, new { ids = new[] { "nope" } })).Ok();
    }

    [Fact]
    public async Task A_refused_request_changes_nothing_for_those_named_before()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());

        (await Server.AsAsync(anna.Token, $"POST /v2/friend?ids={ben.UserId}&ids=nope")).Refused(400, 3, "Invalid user ID 'nope'.");

        Assert.Equal("-/-", await Server.EdgesAsync(anna, ben));
        Assert.Empty(await Server.NotifiedAsync(ben));
    }

    [Theory]
    [InlineData("friend?limit=0", "Invalid limit - limit must be between 1 and 1000.")]
    [InlineData("friend?limit=1001", "Invalid limit - limit must be between 1 and 1000.")]
    [InlineData("friend?state=-1", "Invalid state - state must be between 0 and 3.")]
    [InlineData("friend?state=4", "Invalid state - state must be between 0 and 3.")]
    [InlineData("friend?state=65536", "Invalid state - state must be between 0 and 3.")]
    [InlineData("friend?cursor=bad", "Cursor is invalid.")]
    [InlineData("friend/friends?limit=0", "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("friend/friends?limit=101", "Invalid limit - limit must be between 1 and 100.")]
    [InlineData("friend/friends?cursor=bad", "Cursor is invalid.")]
    public async Task Lists_are_asked_for_within_their_bounds(string query, string text) =>
        (await Server.AsAsync((await Server.AuthenticateAsync()).Token, "GET /v2/" + query)).Refused(400, 3, text);

    [Fact]
    public async Task A_cursor_of_another_state_or_another_list_is_refused()
    {
        var player = await Server.AuthenticateAsync();
        var cursor = new EdgeCursor(1, 5).ToString();

        (await Server.AsAsync(player.Token, $"GET /v2/friend?state=2&cursor={cursor}")).Refused(400, 3, "Cursor is invalid.");
        (await Server.AsAsync(player.Token, $"GET /v2/friend/friends?cursor={cursor}")).Refused(400, 3, "Cursor is invalid.");
        (await Server.AsAsync(player.Token, $"GET /v2/friend?state=1&cursor={cursor}")).Ok();
        (await Server.AsAsync(player.Token, $"GET /v2/friend?cursor={cursor}")).Ok();
    }

    [Fact]
    public async Task What_a_module_asks_for_is_held_to_the_same_rules()
    {
        var anna = await Server.AuthenticateAsync();
        var actions = Server.Services.GetRequiredService<FriendActions>();

        var self = await Assert.ThrowsAsync<Nakama.Server.Errors.ApiException>(
            async () => await actions.AddAsync(anna.UserId, anna.Username, [], [anna.Username], "", default));
        var nobody = await Assert.ThrowsAsync<Nakama.Server.Errors.ApiException>(
            async () => await actions.BlockAsync(anna.UserId, [], ["", "nobody-has-this-name"], default));

        Assert.Equal("Cannot add self as friend.", self.Message);
        Assert.Equal("No valid ID or username was provided.", nobody.Message);
    }
}
