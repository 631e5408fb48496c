using System.Text.Json;
using Nakama.Server.Outbound;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>Facebook's tokens: ID tokens of Limited Login, and access tokens of the Graph API.</summary>
internal sealed class FacebookTokens
{
    private const string Provider = "Facebook";
    private const string Version = "/v22.0";
    private const string FriendsPerPage = "500";
    private const int MaxFriends = 10_000;
    private const int MaxPages = 40;

    private readonly SocialFacebookOptions _options;
    private readonly OutboundHttp _http;
    private readonly ILogger _log;
    private readonly IdTokens _limited;

    public FacebookTokens(SocialOptions options, OutboundHttp http, TimeProvider time, ILogger<FacebookTokens> log)
    {
        (_options, _http, _log) = (options.Facebook, http, log);
        var address = SocialAnswer.Address(options.FacebookLimitedLogin.Address, "/.well-known/oauth/openid/jwks/");
        var rules = new IdTokenRules(Provider, ["https://www.facebook.com", "https://facebook.com"], _options.AppIds);
        _limited = new IdTokens(rules, new PublishedKeys(address, KeyRing.ReadKeySet, http, time, log), time, log);
    }

    /// <summary>The profile of the token's subject; null when the token is invalid.</summary>
    public async ValueTask<SocialProfile?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > ForeignToken.MaxLength) return null;
        // The two kinds have distinct formats, so a token is only ever checked as one of them.
        return ForeignToken.Read(token) is { } foreign
            ? await LimitedAsync(foreign, cancellationToken)
            : await GraphAsync(token, cancellationToken);
    }

    /// <summary>The ids of the friends that have allowed the game to see them; null when Facebook does not return them.</summary>
    public async ValueTask<IReadOnlyList<string>?> ListFriendsAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > ForeignToken.MaxLength) return null;
        var friends = new List<string>();
        var after = "";
        for (var page = 0; page < MaxPages && friends.Count < MaxFriends; page++)
        {
            var address = SocialAnswer.Address(
                _options.Address, Version + "/me/friends", ("access_token", token), ("fields", "id"), ("limit", FriendsPerPage), ("after", after));
            if (await AskAsync(address, cancellationToken) is not { } answer) return null;

            var before = friends.Count;
            friends.AddRange(answer.Objects("data").Select(friend => friend.Text("id")).Where(id => id.Length > 0));
            var next = answer.Object("paging")?.Object("cursors")?.Text("after") ?? "";
            if (next.Length == 0 || next == after || friends.Count == before) break;
            after = next;
        }

        return friends;
    }

    private async ValueTask<SocialProfile?> LimitedAsync(ForeignToken foreign, CancellationToken cancellationToken) =>
        await _limited.OpenAsync(foreign, cancellationToken) is { } claims
            ? new SocialProfile(claims.Text("sub"))
            {
                Name = claims.Text("name"),
                Email = claims.Text("email"),
                PictureUrl = claims.Text("picture"),
            }
            : null;

    private async ValueTask<SocialProfile?> GraphAsync(string token, CancellationToken cancellationToken)
    {
        if (_options.AppIds.Count > 0 && !await IsForUsAsync(token, cancellationToken)) return null;
        var me = SocialAnswer.Address(_options.Address, Version + "/me", ("access_token", token), ("fields", "id,name,email,picture"));
        if (await AskAsync(me, cancellationToken) is not { } profile || profile.Text("id") is not { Length: > 0 } id) return null;
        return new SocialProfile(id)
        {
            Name = profile.Text("name"),
            Email = profile.Text("email"),
            PictureUrl = profile.Object("picture")?.Object("data")?.Text("url") ?? "",
            HasFriends = true,
        };
    }

    private async ValueTask<bool> IsForUsAsync(string token, CancellationToken cancellationToken)
    {
        var app = SocialAnswer.Address(_options.Address, Version + "/app", ("access_token", token), ("fields", "id"));
        if (await AskAsync(app, cancellationToken) is not { } answer) return false;
        if (_options.AppIds.Contains(answer.Text("id"))) return true;
        SocialLog.Refused(_log, Provider, "it was made for someone else");
        return false;
    }

    private async ValueTask<JsonElement?> AskAsync(Uri address, CancellationToken cancellationToken) =>
        SocialAnswer.Json(await _http.GetAsync(address, cancellationToken), Provider, _log);
}
