using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Nakama.Tests.Identity;

/// <summary>What may be wrong with a provider.</summary>
public enum Fault
{
    None,
    Unavailable,
    HangsUp,
    TalksNonsense,
    TalksTooMuch,
    SendsElsewhere,
    StaysSilent,
}

/// <summary>
/// Apple, Facebook, Google, Steam and Game Center in this process, as far as a game server speaks with them: a real web server
/// that knows only the tokens, tickets and codes it has been told.
/// </summary>
internal sealed class StandInProviders : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _asked = new();

    private StandInProviders()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(MisbehaveAsync);
        Map(_app);
    }

    public string Address { get; private set; } = "";

    public Fault Fault { get; set; }

    /// <summary>Ends when somebody has asked while the provider stays silent.</summary>
    public TaskCompletionSource Silence { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Published by Apple and Facebook.</summary>
    public IReadOnlyList<TokenMaker> Keys { get; set; } = [TokenMaker.Published()];

    /// <summary>Published by Google, by their key ids.</summary>
    public Dictionary<string, X509Certificate2> Certificates { get; set; } = [];

    /// <summary>Published for Game Center, by file names.</summary>
    public ConcurrentDictionary<string, byte[]> GameCenter { get; } = new();

    /// <summary>Facebook's profiles by access tokens.</summary>
    public ConcurrentDictionary<string, JsonObject> GraphProfiles { get; } = new();

    /// <summary>Facebook's pages of friends by access tokens.</summary>
    public ConcurrentDictionary<string, string[][]> GraphFriends { get; } = new();

    /// <summary>Steam's players by tickets.</summary>
    public ConcurrentDictionary<string, string> SteamTickets { get; } = new();

    /// <summary>Steam's friends by players; those who are not here hide theirs.</summary>
    public ConcurrentDictionary<string, string[]> SteamFriends { get; } = new();

    /// <summary>Google's players by OAuth codes.</summary>
    public ConcurrentDictionary<string, JsonObject> PlayGames { get; } = new();

    public static async Task<StandInProviders> StartAsync()
    {
        var providers = new StandInProviders();
        await providers._app.StartAsync();
        providers.Address = providers._app.Urls.Single();
        return providers;
    }

    /// <summary>How often a path has been asked for.</summary>
    public int Asked(string path) => _asked.GetValueOrDefault(path);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var certificate in Certificates.Values) certificate.Dispose();
    }

    private async Task MisbehaveAsync(HttpContext context, RequestDelegate next)
    {
        _asked.AddOrUpdate(context.Request.Path, 1, static (_, count) => count + 1);
        switch (Fault)
        {
            case Fault.Unavailable:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case Fault.HangsUp:
                context.Abort();
                break;
            case Fault.TalksNonsense:
                await context.Response.WriteAsync("<html>Sorry</html>");
                break;
            case Fault.TalksTooMuch:
                var filler = new byte[1 << 20];
                Array.Fill(filler, (byte)' ');
                await context.Response.Body.WriteAsync(filler, context.RequestAborted);
                await next(context);
                break;
            case Fault.SendsElsewhere:
                context.Response.Redirect($"{Address}/elsewhere{context.Request.Path}{context.Request.QueryString}");
                break;
            case Fault.StaysSilent:
                Silence.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            default:
                if (context.Request.Path.StartsWithSegments("/elsewhere", out var rest)) context.Request.Path = rest;
                await next(context);
                break;
        }
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        var keySet = () => Json(new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.JsonWebKey())]) });
        routes.MapGet("/auth/keys", keySet);
        routes.MapGet("/.well-known/oauth/openid/jwks/", keySet);
        routes.MapGet("/oauth2/v1/certs", () => Json(
            new JsonObject(Certificates.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ExportCertificatePem())))));
        routes.MapGet("/public-key/{name}", (string name) =>
            GameCenter.TryGetValue(name, out var bytes) ? Results.Bytes(bytes, "application/pkix-cert") : Results.NotFound());
        MapGraph(routes);
        MapPlayGames(routes);
        MapSteam(routes);
    }

    private void MapGraph(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v22.0/me", (string access_token) => GraphProfiles.TryGetValue(access_token, out var profile) ? Json(profile) : GraphError());
        routes.MapGet("/v22.0/app", (string access_token) => GraphProfiles.TryGetValue(access_token, out var profile)
            ? Json(new JsonObject { ["id"] = profile["app"]?.GetValue<string>() })
            : GraphError());
        routes.MapGet("/v22.0/me/friends", (string access_token, string? after) =>
        {
            if (!GraphFriends.TryGetValue(access_token, out var pages)) return GraphError();
            var page = after is null ? 0 : int.Parse(after["cursor-".Length..], System.Globalization.CultureInfo.InvariantCulture);
            var answer = new JsonObject { ["data"] = new JsonArray([.. pages[page].Select(id => new JsonObject { ["id"] = id })]) };
            if (page + 1 < pages.Length) answer["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["after"] = $"cursor-{page + 1}" } };
            return Json(answer);
        });
    }

    private void MapPlayGames(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var isRight = form["grant_type"] == "authorization_code" && form["client_id"] == "client" && form["client_secret"] == "secret"
                && form["redirect_uri"] == "http://localhost" && PlayGames.ContainsKey(form["code"].ToString());
            return isRight
                ? Json(new JsonObject { ["access_token"] = $"access {form["code"]}", ["token_type"] = "Bearer" })
                : Results.Json(new JsonObject { ["error"] = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        });
        routes.MapGet("/games/v1/players/me", (string access_token) =>
            PlayGames.TryGetValue(access_token.Replace("access ", "", StringComparison.Ordinal), out var player) ? Json(player) : Results.Unauthorized());
    }

    private void MapSteam(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ISteamUserAuth/AuthenticateUserTicket/v1/", (string key, string appid, string format, string ticket) =>
            key != "publisher-key" || appid != "480" || format != "json" ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : SteamTickets.TryGetValue(ticket, out var id)
                ? Json(Steam("params", new JsonObject { ["result"] = "OK", ["steamid"] = id, ["ownersteamid"] = id, ["vacbanned"] = false }))
                : Json(Steam("error", new JsonObject { ["errorcode"] = 101, ["errordesc"] = "Invalid ticket" })));
        routes.MapGet("/ISteamUser/GetFriendList/v0001/", (string key, string steamid, string relationship) =>
            key != "publisher-key" || relationship != "friend" ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : SteamFriends.TryGetValue(steamid, out var friends)
                ? Json(new JsonObject
                {
                    ["friendslist"] = new JsonObject
                    {
                        ["friends"] = new JsonArray([.. friends.Select(id => new JsonObject { ["steamid"] = id, ["relationship"] = "friend" })]),
                    },
                })
                : Results.Unauthorized());
    }

    private static JsonObject Steam(string name, JsonObject value) => new() { ["response"] = new JsonObject { [name] = value } };

    private static IResult GraphError() => Results.Json(
        new JsonObject { ["error"] = new JsonObject { ["message"] = "Invalid OAuth access token.", ["code"] = 190 } },
        statusCode: StatusCodes.Status400BadRequest);

    // Written as text: one node cannot be in two answers at once.
    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");
}
