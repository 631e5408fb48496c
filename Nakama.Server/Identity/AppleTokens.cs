using Nakama.Server.Outbound;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>ID tokens of Sign in with Apple.</summary>
internal sealed class AppleTokens
{
    private readonly bool _isConfigured;
    private readonly IdTokens _tokens;

    public AppleTokens(SocialOptions options, OutboundHttp http, TimeProvider time, ILogger<AppleTokens> log)
    {
        _isConfigured = options.Apple.BundleId.Length > 0;
        var keys = new PublishedKeys(SocialAnswer.Address(options.Apple.Address, "/auth/keys"), KeyRing.ReadKeySet, http, time, log);
        _tokens = new IdTokens(new IdTokenRules("Apple", ["https://appleid.apple.com"], options.Apple.Audiences), keys, time, log);
    }

    /// <summary>Whether Apple is configured for the game. Without that no token is accepted.</summary>
    public bool IsConfigured => _isConfigured;

    /// <summary>The profile of the token's subject; null when the token is invalid.</summary>
    public async ValueTask<SocialProfile?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (!_isConfigured || ForeignToken.Read(token) is not { } foreign) return null;
        return await _tokens.OpenAsync(foreign, cancellationToken) is { } claims
            ? new SocialProfile(claims.Text("sub")) { Email = claims.Text("email") }
            : null;
    }
}
