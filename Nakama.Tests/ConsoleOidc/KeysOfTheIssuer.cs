using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.ConsoleApi;
using Nakama.Server.ConsoleApi.Oidc;
using Nakama.Server.Outbound;
using Nakama.Tests.Identity;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleOidc;

/// <summary>What an issuer publishes changes, and sometimes cannot be had.</summary>
public sealed class KeysOfTheIssuer : IAsyncLifetime, IDisposable
{
    private readonly TestTimeProvider _clock = new();
    private readonly OutboundHttp _http = new(TimeProvider.System);
    private WebApplication _issuer = null!;
    private string _address = "";
    private string _named = "";
    private TokenMaker? _key = TokenMaker.Published();
    private int _fetches;
    private bool _isAway;

    public async Task InitializeAsync()
    {
        _named = _address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.One()}/realms/nakama");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _issuer = builder.Build();
        _issuer.Urls.Add(new Uri(_address).GetLeftPart(UriPartial.Authority));
        _issuer.MapGet("/realms/nakama/.well-known/openid-configuration", () =>
        {
            Interlocked.Increment(ref _fetches);
            return _isAway ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Json(new { issuer = _named, jwks_uri = $"{_address}/keys" });
        });
        _issuer.MapGet("/realms/nakama/keys", () => Results.Json(new JsonObject { ["keys"] = _key is null ? [] : new JsonArray(_key.JsonWebKey()) }));
        await _issuer.StartAsync();
    }

    public async Task DisposeAsync() => await _issuer.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task They_are_read_once_and_kept_for_an_hour()
    {
        var issuer = Issuer();
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => issuer.FindAsync(CancellationToken.None).AsTask()));
        Assert.All(all, metadata => Assert.Equal(_address, metadata!.Issuer));
        Assert.Equal(1, _fetches);

        _clock.Advance(TimeSpan.FromMinutes(61));
        Assert.NotNull(await issuer.FindAsync(CancellationToken.None));
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task A_new_key_is_found_when_a_token_has_it_but_not_asked_for_all_the_time()
    {
        var issuer = Issuer();
        var old = (await issuer.FindAsync(CancellationToken.None))!;
        _key = TokenMaker.Other();
        Assert.Null(await issuer.FindNewerAsync(old, CancellationToken.None));
        Assert.Equal(1, _fetches);

        _clock.Advance(TimeSpan.FromSeconds(31));
        var newer = await issuer.FindNewerAsync(old, CancellationToken.None);
        Assert.Equal([_key.Id], newer!.Keys.Select(key => key.KeyId));
        Assert.Same(newer, await issuer.FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Documents_of_another_issuer_and_those_without_a_key_are_not_taken()
    {
        var issuer = Issuer();
        _named = "https://issuer.example.com";
        Assert.Null(await issuer.FindAsync(CancellationToken.None));

        (_named, _key) = (_address, null);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(await issuer.FindAsync(CancellationToken.None));

        _key = TokenMaker.Published();
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.NotNull(await issuer.FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_asked_again_after_a_while()
    {
        var issuer = Issuer();
        _isAway = true;
        Assert.Null(await issuer.FindAsync(CancellationToken.None));
        _isAway = false;
        Assert.Null(await issuer.FindAsync(CancellationToken.None));
        Assert.Equal(1, _fetches);

        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.NotNull(await issuer.FindAsync(CancellationToken.None));
    }

    private OidcIssuer Issuer() => new(
        new ConsoleOptions { Oidc = new OidcOptions { Issuer = $"{_address}/", ClientId = "c" } }, _http, _clock, NullLogger<OidcIssuer>.Instance);
}
