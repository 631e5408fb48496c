using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Identity;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

/// <summary>All tests about providers, one after the other: they share a node, the providers, and the clock.</summary>
[CollectionDefinition(nameof(SocialTests))]
public sealed class SocialTests : ICollectionFixture<SocialFixture>;

/// <summary>A node that believes the providers of this process, under a clock that the tests move.</summary>
public sealed class SocialFixture : IAsyncLifetime
{
    public const string InstantSecret = "instant-secret";

    public TestTimeProvider Clock { get; } = new();

    public TestServer Server { get; private set; } = null!;

    internal StandInProviders Providers { get; private set; } = null!;

    private long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public async Task InitializeAsync()
    {
        Providers = await StandInProviders.StartAsync();
        Server = await TestServer.StartAsync(
            options => options with { Social = Social(Providers.Address), GoogleAuth = Google(Providers.Address) },
            builder => builder.Services.AddSingleton<TimeProvider>(Clock));
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Providers.DisposeAsync();
    }

    /// <summary>Settings that point at the providers of a test.</summary>
    public static SocialOptions Social(string address) => new()
    {
        Apple = new() { BundleId = "com.example.game", Address = address },
        Facebook = new() { Address = address },
        FacebookLimitedLogin = new() { Address = address },
        FacebookInstantGame = new() { AppSecret = InstantSecret },
        GameCenter = new() { Address = address },
        Steam = new() { PublisherKey = "publisher-key", AppId = 480, Address = address },
    };

    public static GoogleAuthOptions Google(string address) => new()
    {
        Address = address,
        CredentialsJson = $$"""
            { "web": { "client_id": "client", "client_secret": "secret", "redirect_uris": ["http://localhost"], "token_uri": "{{address}}/token" } }
            """,
    };

    /// <summary>Lets the providers be well again, and the node forget that they were not.</summary>
    public void Begin()
    {
        Providers.Fault = Fault.None;
        Providers.Keys = [TokenMaker.Published()];
        Clock.Advance(TimeSpan.FromSeconds(3));
        foreach (var certificate in Providers.Certificates.Values) certificate.Dispose();
        Providers.Certificates = new() { ["key-1"] = TokenMaker.Published().Certificate(Clock.GetUtcNow().AddDays(14)) };
    }

    /// <summary>Lets whatever keys the node has kept grow too old.</summary>
    public void ForgetKeys() => Clock.Skip(TimeSpan.FromMinutes(61));

    /// <summary>What Apple says of a player.</summary>
    public Dictionary<string, object> AppleClaims(string sub) => new()
    {
        ["iss"] = "https://appleid.apple.com",
        ["aud"] = "com.example.game",
        ["sub"] = sub,
        ["iat"] = Now,
        ["exp"] = Now + 600,
    };

    /// <summary>What Facebook's Limited Login says of a player.</summary>
    public Dictionary<string, object> FacebookClaims(string sub) => new()
    {
        ["iss"] = "https://www.facebook.com",
        ["aud"] = "1234",
        ["sub"] = sub,
        ["iat"] = Now,
        ["exp"] = Now + 600,
        ["name"] = "Anna",
        ["picture"] = "https://pictures.example/anna",
    };

    /// <summary>What Google says of a player.</summary>
    public Dictionary<string, object> GoogleClaims(string sub) => new()
    {
        ["iss"] = "https://accounts.google.com",
        ["aud"] = "client",
        ["azp"] = "client",
        ["sub"] = sub,
        ["iat"] = Now,
        ["exp"] = Now + 600,
        ["name"] = "Anna",
        ["picture"] = "https://pictures.example/anna",
    };

    /// <summary>What an Instant Game hands to its player now.</summary>
    public string InstantInfo(string player, string secret = InstantSecret, string algorithm = "HMAC-SHA256") =>
        InstantInfo(player, Now, secret, algorithm);

    /// <summary>What an Instant Game hands to its player at a time.</summary>
    public static string InstantInfo(string player, long at, string secret = InstantSecret, string algorithm = "HMAC-SHA256")
    {
        var payload = TokenMaker.Encode(JsonSerializer.SerializeToUtf8Bytes(
            new { algorithm, issued_at = at, player_id = player, request_payload = "" }));
        return TokenMaker.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(payload))) + "." + payload;
    }

    internal Task<ApiAnswer> AuthenticateAsync(string provider, object? body, string query = "") =>
        Server.WithKeyAsync($"/v2/account/authenticate/{provider}{query}", body);

    internal async Task<JsonElement> AccountAsync(ApiAnswer session) => (await Server.AsAsync(session.Text("token"), "GET /v2/account")).Ok().Body;

    /// <summary>Fails if anyone has an account with what was refused.</summary>
    internal async Task NobodyAsync(string provider, object body)
    {
        Providers.Fault = Fault.None;
        (await AuthenticateAsync(provider, body, "?create=false")).Refused(404, 5, "User account not found.");
    }
}
