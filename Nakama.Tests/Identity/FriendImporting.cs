using System.Text.Json;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class FriendImporting
{
    private readonly SocialFixture _fixture;

    public FriendImporting(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
    }

    [Fact]
    public async Task Those_who_are_friends_at_Facebook_and_play_too_become_friends_and_are_told()
    {
        var (anna, ben, chris) = (await FacebookPlayerAsync(), await FacebookPlayerAsync(), await FacebookPlayerAsync());
        // Two pages, with somebody who does not play, and with Anna herself.
        _fixture.Providers.GraphFriends[anna.Credential] = [[ben.Id, Unique.Id()], [chris.Id, anna.Id]];

        (await ImportAsync(anna, "facebook")).Ok();
        (await ImportAsync(anna, "facebook")).Ok();

        Assert.Equal(new[] { ben.UserId, chris.UserId }.Order(), (await FriendsAsync(anna)).Keys.Order());
        Assert.Equal((0, """{"provider": "facebook"}"""), (await FriendsAsync(ben))[anna.UserId]);
        var told = (await _fixture.Server.AsAsync(ben.Token, "GET /v2/notification")).Ok().Body.GetProperty("notifications").EnumerateArray();
        var notification = Assert.Single(told);
        Assert.Equal(
            (-6, "Your friend has just joined the game", anna.UserId),
            (notification.GetProperty("code").GetInt32(), notification.GetProperty("subject").GetString(), notification.GetProperty("sender_id").GetString()));
    }

    [Fact]
    public async Task Friends_at_Steam_become_friends_and_hidden_ones_are_no_error()
    {
        var (anna, ben, shy) = (await SteamPlayerAsync(), await SteamPlayerAsync(), await SteamPlayerAsync());
        _fixture.Providers.SteamFriends[anna.Id] = [ben.Id, "1"];

        (await ImportAsync(anna, "steam")).Ok();
        (await ImportAsync(shy, "steam")).Ok();

        Assert.Equal((0, """{"provider": "steam"}"""), (await FriendsAsync(anna))[ben.UserId]);
        Assert.Empty(await FriendsAsync(shy));
    }

    [Fact]
    public async Task An_invitation_is_accepted_and_a_block_is_respected_by_whomever()
    {
        var (anna, invited, blocking, blocked) = (await SteamPlayerAsync(), await SteamPlayerAsync(), await SteamPlayerAsync(), await SteamPlayerAsync());
        (await _fixture.Server.AsAsync(anna.Token, $"POST /v2/friend?ids={invited.UserId}")).Ok();
        (await _fixture.Server.AsAsync(blocking.Token, $"POST /v2/friend/block?ids={anna.UserId}")).Ok();
        (await _fixture.Server.AsAsync(anna.Token, $"POST /v2/friend/block?ids={blocked.UserId}")).Ok();
        _fixture.Providers.SteamFriends[anna.Id] = [invited.Id, blocking.Id, blocked.Id];

        (await ImportAsync(anna, "steam")).Ok();

        var friends = await FriendsAsync(anna);
        Assert.Equal(new[] { (invited.UserId, 0), (blocked.UserId, 3) }.Order(), friends.Select(friend => (friend.Key, friend.Value.State)).Order());
        Assert.Empty(await FriendsAsync(blocked));
        Assert.Equal(2, (await AccountAsync(anna)).GetProperty("user").GetProperty("edge_count").GetInt32());
        Assert.Equal(1, (await AccountAsync(invited)).GetProperty("user").GetProperty("edge_count").GetInt32());
    }

    [Fact]
    public async Task A_reset_ends_what_was_before_even_when_there_is_nobody_to_import()
    {
        var (anna, former, blocked) = (await SteamPlayerAsync(), await SteamPlayerAsync(), await SteamPlayerAsync());
        (await _fixture.Server.AsAsync(anna.Token, $"POST /v2/friend?ids={former.UserId}")).Ok();
        (await _fixture.Server.AsAsync(anna.Token, $"POST /v2/friend/block?ids={blocked.UserId}")).Ok();
        _fixture.Providers.SteamFriends[anna.Id] = [];

        (await ImportAsync(anna, "steam", "?reset=true")).Ok();

        Assert.Equal(blocked.UserId, Assert.Single(await FriendsAsync(anna)).Key);
        Assert.Empty(await FriendsAsync(former));
    }

    [Fact]
    public async Task Signing_in_imports_when_asked_and_linking_unless_told_not_to()
    {
        var (anna, ben) = (await SteamPlayerAsync(), await SteamPlayerAsync());
        _fixture.Providers.SteamFriends[anna.Id] = [ben.Id];
        (await _fixture.AuthenticateAsync("steam", new { token = anna.Credential })).Ok();
        Assert.Empty(await FriendsAsync(anna));
        (await _fixture.AuthenticateAsync("steam", new { token = anna.Credential }, "?sync=true")).Ok();
        Assert.Equal(ben.UserId, Assert.Single(await FriendsAsync(anna)).Key);

        foreach (var (sync, count) in new (object, int)[] { (new { }, 1), (new { sync = false }, 0) })
        {
            var player = await _fixture.Server.AuthenticateAsync();
            var (ticket, id) = SteamSignIn.Ticket(_fixture);
            _fixture.Providers.SteamFriends[id] = [ben.Id];
            var body = JsonSerializer.SerializeToNode(sync)!.AsObject();
            body["account"] = JsonSerializer.SerializeToNode(new { token = ticket });

            (await _fixture.Server.AsAsync(player.Token, "POST /v2/account/link/steam", body)).Ok();

            Assert.Equal(count, (await FriendsAsync(player.Token)).Count);
        }
    }

    [Fact]
    public async Task Linking_Facebook_imports_unless_told_not_to()
    {
        var ben = await FacebookPlayerAsync();
        foreach (var (query, count) in new[] { ("", 1), ("?sync=true", 1), ("?sync=false", 0) })
        {
            var (player, token) = (await _fixture.Server.AuthenticateAsync(), Unique.Id());
            _fixture.Providers.GraphProfiles[token] = FacebookSignIn.Profile(Unique.Id(), "Anna", "");
            _fixture.Providers.GraphFriends[token] = [[ben.Id]];

            (await _fixture.Server.AsAsync(player.Token, "POST /v2/account/link/facebook" + query, new { token })).Ok();

            Assert.Equal(count, (await FriendsAsync(player.Token)).Count);
        }
    }

    [Fact]
    public async Task A_sign_in_succeeds_whether_its_import_does_or_not()
    {
        var token = Unique.Id();
        _fixture.Providers.GraphProfiles[token] = FacebookSignIn.Profile(Unique.Id(), "Anna", "");

        (await _fixture.AuthenticateAsync("facebook", new { token }, "?sync=true")).Ok();

        Assert.Contains(_fixture.Server.Log.Lines, line => line.Text.Contains("Facebook friends of user", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_good_credentials_nothing_is_imported()
    {
        var anna = await SteamPlayerAsync();

        (await _fixture.Server.AsAsync(anna.Token, "POST /v2/friend/facebook", new { })).Refused(400, 3, "Facebook token is required.");
        (await _fixture.Server.AsAsync(anna.Token, "POST /v2/friend/steam", new { })).Refused(400, 3, "Steam token is required.");
        (await _fixture.Server.AsAsync(anna.Token, "POST /v2/friend/facebook", new { token = "x" })).Refused(401, 16, "Could not authenticate Facebook profile.");
        (await _fixture.Server.AsAsync(anna.Token, "POST /v2/friend/steam", new { token = "x" })).Refused(401, 16, "Could not authenticate Steam profile.");
        _fixture.Providers.SteamFriends[anna.Id] = [];
        _fixture.Providers.Fault = Fault.Unavailable;
        (await ImportAsync(anna, "steam", "?reset=true")).Refused(401, 16, "Could not authenticate Steam profile.");
    }

    private Task<ApiAnswer> ImportAsync(SocialPlayer player, string provider, string query = "") =>
        _fixture.Server.AsAsync(player.Token, $"POST /v2/friend/{provider}{query}", new { token = player.Credential });

    private Task<Dictionary<string, (int State, string Metadata)>> FriendsAsync(SocialPlayer player) => FriendsAsync(player.Token);

    private async Task<Dictionary<string, (int State, string Metadata)>> FriendsAsync(string token)
    {
        var body = (await _fixture.Server.AsAsync(token, "GET /v2/friend")).Ok().Body;
        return body.TryGetProperty("friends", out var friends)
            ? friends.EnumerateArray().ToDictionary(
                friend => friend.GetProperty("user").GetProperty("id").GetString()!,
                friend => (friend.GetProperty("state").GetInt32(), friend.GetProperty("metadata").GetString()!))
            : [];
    }

    private async Task<JsonElement> AccountAsync(SocialPlayer player) => (await _fixture.Server.AsAsync(player.Token, "GET /v2/account")).Ok().Body;

    private async Task<SocialPlayer> SteamPlayerAsync()
    {
        var (ticket, id) = SteamSignIn.Ticket(_fixture);
        return await PlayerAsync("steam", ticket, id);
    }

    private async Task<SocialPlayer> FacebookPlayerAsync()
    {
        var (token, id) = (Unique.Id(), Unique.Id());
        _fixture.Providers.GraphProfiles[token] = FacebookSignIn.Profile(id, "Anna", "");
        return await PlayerAsync("facebook", token, id);
    }

    private async Task<SocialPlayer> PlayerAsync(string provider, string credential, string id)
    {
        var session = (await _fixture.AuthenticateAsync(provider, new { token = credential })).Ok();
        var account = await _fixture.AccountAsync(session);
        return new SocialPlayer(session.Text("token"), account.GetProperty("user").GetProperty("id").GetString()!, credential, id);
    }

    /// <summary>Someone who has signed in with a provider's credential.</summary>
    /// <param name="Token">The session.</param>
    /// <param name="UserId">The id here.</param>
    /// <param name="Credential">What the provider has given.</param>
    /// <param name="Id">The id there.</param>
    private sealed record SocialPlayer(string Token, string UserId, string Credential, string Id);
}
