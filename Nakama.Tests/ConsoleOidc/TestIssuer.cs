using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Nakama.Server.ConsoleApi.Oidc;
using Nakama.Tests.Identity;
using Nakama.Tests.TestHost;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nakama.Tests.ConsoleOidc;

/// <summary>
/// An OpenID Connect issuer in this process, which is OpenIddict with one client. Its sign-in page asks who one is and believes
/// it. It demands PKCE, the secret of the client and one of the addresses that were registered.
/// </summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string ClientId = "nakama-console";
    public const string ClientSecret = "a-secret-of-the-console-and-the-issuer";

    private const string SignInScheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    private readonly ConcurrentDictionary<string, TestPerson> _people = [];
    private readonly ConcurrentDictionary<string, bool> _redirects = [];
    private readonly WebApplication _app;

    private TestIssuer(string address)
    {
        Address = address;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(Configure);
        _app = builder.Build();
        _app.Urls.Add(address);
        _app.UseAuthentication();
        _app.MapGet("/authorize", Authorize);
    }

    /// <summary>The issuer as its tokens name it.</summary>
    public string Address { get; }

    /// <summary>Makes tokens that only the issuer could have made, but for what the test changes.</summary>
    public static TokenMaker Keys => TokenMaker.Published();

    /// <summary>What a node is told about this issuer.</summary>
    public OidcOptions Options => new() { Issuer = Address, ClientId = ClientId, AdminRole = "administrators" };

    /// <summary>What a console is told about it.</summary>
    public string[] Settings =>
    [
        "--Console:Oidc:Issuer", Address, "--Console:Oidc:ClientId", ClientId, "--Console:Oidc:ClientSecret", ClientSecret, "--Console:Oidc:Name", "Example",
    ];

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.One()}/"));
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Someone who can sign in here by the name.</summary>
    public TestPerson Add(string name, bool isVerified, params string[] roles) =>
        _people[name] = new TestPerson(Unique.Id(), name, $"{name}@example.com", isVerified, roles);

    /// <summary>Registers a console's address.</summary>
    public void Register(string console) => _redirects[$"{console}/login/oidc/callback"] = true;

    /// <summary>The claims of a valid ID token.</summary>
    public Dictionary<string, object> Claims(string nonce, params string[] roles)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var name = Unique.Name("op");
        return new Dictionary<string, object>
        {
            ["iss"] = Address,
            ["aud"] = ClientId,
            ["sub"] = Unique.Id(),
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = nonce,
            ["preferred_username"] = name,
            ["roles"] = roles,
        };
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Configure(OpenIddictServerBuilder options)
    {
        options.SetIssuer(new Uri(Address));
        options.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        options.RegisterScopes(Scopes.Profile, Scopes.Email);
        options.EnableDegradedMode();
        options.AddEphemeralEncryptionKey().AddSigningKey(new RsaSecurityKey(Keys.Rsa) { KeyId = Keys.Id });
        options.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
        options.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || !_redirects.ContainsKey(context.RedirectUri ?? "")) context.Reject(Errors.InvalidClient, "No such client.");
            return default;
        }));
        options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != ClientSecret) context.Reject(Errors.InvalidClient, "No such client.");
            return default;
        }));
    }

    private IResult Authorize(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (context.Request.Query["person"] is not [{ } name]) return Results.Content(Page(context.Request.Query), "text/html");
        if (!_people.TryGetValue(name, out var person)) return Results.Forbid(authenticationSchemes: [SignInScheme]);

        var identity = new ClaimsIdentity("issuer", OpenIddictConstants.Claims.Name, OpenIddictConstants.Claims.Role);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, person.Subject);
        identity.SetClaim(OpenIddictConstants.Claims.PreferredUsername, person.Name);
        identity.SetClaim(OpenIddictConstants.Claims.Email, person.Email);
        identity.SetClaim(OpenIddictConstants.Claims.EmailVerified, person.IsVerified);
        identity.SetClaims("roles", [.. person.Roles]);
        identity.SetDestinations(static _ => [Destinations.IdentityToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(request.GetScopes());
        return Results.SignIn(principal, authenticationScheme: SignInScheme);
    }

    /// <summary>A form that repeats the request with a name.</summary>
    private static string Page(IQueryCollection query)
    {
        var page = new StringBuilder("<!DOCTYPE html><title>Issuer</title><form action=\"authorize\"><input id=\"person\" name=\"person\" />");
        foreach (var (name, value) in query)
            page.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{WebUtility.HtmlEncode(name)}\" value=\"{WebUtility.HtmlEncode(value.ToString())}\" />");
        return page.Append("<button type=\"submit\">Go on</button></form>").ToString();
    }
}

/// <summary>Someone at the issuer.</summary>
internal sealed record TestPerson(string Subject, string Name, string Email, bool IsVerified, string[] Roles);
