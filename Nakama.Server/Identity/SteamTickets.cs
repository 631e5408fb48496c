using System.Globalization;
using System.Net;
using Nakama.Server.Outbound;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>Session tickets of Steam, which its web API validates, and the friends of their owners.</summary>
internal sealed class SteamTickets(SocialOptions options, OutboundHttp http, ILogger<SteamTickets> log)
{
    private const string Provider = "Steam";
    private const int MaxFriends = 10_000;

    private readonly SocialSteamOptions _options = options.Steam;

    /// <summary>Whether the game's Steam key and app id are configured. Without them no ticket is accepted.</summary>
    public bool IsConfigured => _options.PublisherKey.Length > 0 && _options.AppId != 0;

    /// <summary>The profile of the ticket's owner; null when the ticket is invalid.</summary>
    public async ValueTask<SocialProfile?> VerifyAsync(string ticket, CancellationToken cancellationToken)
    {
        if (!IsConfigured || ticket.Length > ForeignToken.MaxLength) return null;
        var address = SocialAnswer.Address(
            _options.Address, "/ISteamUserAuth/AuthenticateUserTicket/v1/", ("format", "json"), ("key", _options.PublisherKey),
            ("appid", _options.AppId.ToString(CultureInfo.InvariantCulture)), ("ticket", ticket));
        if (SocialAnswer.Json(await http.GetAsync(address, cancellationToken), Provider, log) is not { } answer) return null;

        // Steam returns errors with status 200 and an "error" beside or instead of "params".
        var text = answer.Object("response")?.Object("params")?.Text("steamid") ?? "";
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != 0)
            return new SocialProfile(id.ToString(CultureInfo.InvariantCulture)) { HasFriends = true };
        SocialLog.Refused(log, Provider, "the ticket is not valid");
        return null;
    }

    /// <summary>The ids of a player's friends, none when the player hides them; null when Steam does not return them.</summary>
    public async ValueTask<IReadOnlyList<string>?> ListFriendsAsync(string steamId, CancellationToken cancellationToken)
    {
        var address = SocialAnswer.Address(
            _options.Address, "/ISteamUser/GetFriendList/v0001/", ("key", _options.PublisherKey), ("steamid", steamId), ("relationship", "friend"));
        var answer = await http.GetAsync(address, cancellationToken);
        if (answer.Status == HttpStatusCode.Unauthorized) return [];
        return SocialAnswer.Json(answer, Provider, log) is { } json
            ? [.. (json.Object("friendslist")?.Objects("friends") ?? []).Select(friend => friend.Text("steamid")).Where(id => id.Length > 0).Take(MaxFriends)]
            : null;
    }
}
