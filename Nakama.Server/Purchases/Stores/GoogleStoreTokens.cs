using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Access tokens of service accounts, each cached until shortly before it expires.</summary>
internal sealed class GoogleStoreTokens(StoreHttp http, IapOptions options, TimeProvider time)
{
    private const string Store = "Google";
    private const string Scope = "https://www.googleapis.com/auth/androidpublisher";
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const int AssertionSec = 3600;

    /// <summary>Modules may use accounts of their own; more than a few are not expected.</summary>
    private const int MaxKept = 64;

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<GoogleServiceAccount, (string Token, DateTimeOffset Until)> _kept = new();

    /// <exception cref="Errors.ApiException">The key is invalid, or Google issues no token.</exception>
    public async ValueTask<string> GetAsync(GoogleServiceAccount account, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(account, out var kept) && kept.Until > time.GetUtcNow()) return kept.Token;

        using var request = new HttpRequestMessage(HttpMethod.Post, options.Google.TokenAddress)
        {
            Content = new FormUrlEncodedContent([new("grant_type", Grant), new("assertion", Assertion(account))]),
        };
        var answer = await http.SendAsync(Store, request, cancellationToken);
        var token = answer.Json.Text("access_token");
        if (token.Length == 0) throw PurchaseErrors.Raw("no access token from Google service");

        var until = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(answer.Json.Number("expires_in") ?? 0, 0, AssertionSec)) - Margin;
        if (_kept.Count >= MaxKept) _kept.Clear();
        _kept[account] = (token, until);
        return token;
    }

    /// <summary>Removes a token that Google no longer accepts.</summary>
    public void Forget(GoogleServiceAccount account) => _kept.TryRemove(account, out _);

    private string Assertion(GoogleServiceAccount account)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["iss"] = account.ClientEmail,
            ["scope"] = Scope,
            ["aud"] = options.Google.TokenAddress,
            ["iat"] = now,
            ["exp"] = now + AssertionSec,
        });
        var text = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8) + "." + Base64Url.EncodeToString(claims);
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(account.PrivateKey.Replace("\\n", "\n", StringComparison.Ordinal));
            var signature = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return text + "." + Base64Url.EncodeToString(signature);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw PurchaseErrors.Raw("the private key of the Google service account is none");
        }
    }
}
