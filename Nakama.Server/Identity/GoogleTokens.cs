using System.Text.Json;
using Nakama.Server.Outbound;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>Google's ID tokens, and the OAuth codes of Play Games.</summary>
internal sealed class GoogleTokens
{
    private const string Provider = "Google";

    private readonly GoogleAuthOptions _options;
    private readonly GoogleCredentials? _credentials;
    private readonly OutboundHttp _http;
    private readonly ILogger _log;
    private readonly IdTokens _tokens;

    public GoogleTokens(GoogleAuthOptions options, OutboundHttp http, TimeProvider time, ILogger<GoogleTokens> log)
    {
        (_options, _http, _log) = (options, http, log);
        _credentials = GoogleCredentials.Read(options.CredentialsJson);
        var keys = new PublishedKeys(SocialAnswer.Address(options.Address, "/oauth2/v1/certs"), KeyRing.ReadCertificates, http, time, log);
        var rules = new IdTokenRules(Provider, ["accounts.google.com", "https://accounts.google.com"], options.Audiences);
        _tokens = new IdTokens(rules, keys, time, log);
    }

    /// <summary>The profile of the token or code; null when it is invalid.</summary>
    public async ValueTask<SocialProfile?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > ForeignToken.MaxLength) return null;
        return ForeignToken.Read(token) is { } foreign
            ? await IdTokenAsync(foreign, cancellationToken)
            : await CodeAsync(token, cancellationToken);
    }

    private async ValueTask<SocialProfile?> IdTokenAsync(ForeignToken foreign, CancellationToken cancellationToken)
    {
        if (foreign.Claims.Text("azp").Length == 0 || foreign.Claims.Text("aud").Length == 0) return Refuse("it says not whom it is for");
        if (await _tokens.OpenAsync(foreign, cancellationToken) is not { } claims) return null;
        return new SocialProfile(claims.Text("sub"))
        {
            Name = claims.Text("name"),
            Email = claims.Text("email"),
            PictureUrl = claims.Text("picture"),
        };
    }

    /// <summary>Exchanges a code for an access token, and requests the player's profile with it.</summary>
    private async ValueTask<SocialProfile?> CodeAsync(string code, CancellationToken cancellationToken)
    {
        if (_credentials is null) return Refuse("google_auth.credentials_json is not set");
        var exchange = await _http.PostFormAsync(
            _credentials.TokenAddress,
            [
                new("grant_type", "authorization_code"), new("code", code), new("client_id", _credentials.ClientId),
                new("client_secret", _credentials.ClientSecret), new("redirect_uri", _credentials.RedirectUri),
            ],
            cancellationToken);
        if (Json(exchange) is not { } answer || answer.Text("access_token") is not { Length: > 0 } access) return null;

        var address = SocialAnswer.Address(_options.Address, "/games/v1/players/me", ("access_token", access));
        if (Json(await _http.GetAsync(address, cancellationToken)) is not { } player) return null;
        if (player.Text("playerId") is not { Length: > 0 } id) return null;
        return new SocialProfile(id)
        {
            Name = player.Text("displayName"),
            PictureUrl = player.Text("avatarImageUrl"),
            FormerId = player.Text("originalPlayerId"),
        };
    }

    private JsonElement? Json(OutboundAnswer answer) => SocialAnswer.Json(answer, Provider, _log);

    private SocialProfile? Refuse(string reason)
    {
        SocialLog.Refused(_log, Provider, reason);
        return null;
    }
}
