using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.GameLogic.Functions;
using Nakama.Server.Satori;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Modules that talk to a Satori server in this process.</summary>
public sealed class SatoriInModules(SatoriInModules.Nodes nodes) : IClassFixture<SatoriInModules.Nodes>
{
    [Fact]
    public async Task Properties_are_read_as_the_identity()
    {
        Assert.Equal("""{"computed":{"c":"3"},"custom":{"b":"2"},"default":{"a":"1"}}""", await nodes.LuaAsync("return nk.get_satori().properties_get('lua-one')"));
        Assert.Equal("""{"default":{"a":"1"},"custom":{"b":"2"},"computed":{"c":"3"}}""", await nodes.JavaScriptAsync("return nk.getSatori().propertiesGet('js-one');"));

        foreach (var id in (string[])["lua-one", "js-one"])
        {
            var claims = ClaimsOf(nodes.Satori.Find("GET /v1/properties", id).Authorization);
            Assert.Equal((id, "key-name"), (claims.GetProperty("iid").GetString(), claims.GetProperty("api").GetString()));
            Assert.True(claims.GetProperty("exp").GetInt64() > claims.GetProperty("iat").GetInt64());
        }
    }

    [Fact]
    public async Task Identities_are_made_with_the_key_of_the_server()
    {
        Assert.Equal("""{"computed":{},"custom":{},"default":{"email":"x"}}""", await nodes.LuaAsync("return nk.get_satori().authenticate('lua-new', { email = 'x' }, nil, false, '1.2.3.4')"));
        Assert.Equal("""{"default":{"email":"x"},"custom":{},"computed":{}}""", await nodes.JavaScriptAsync("return nk.getSatori().authenticate('js-new', { default: { email: 'x' } });"));

        var (lua, script) = (nodes.Satori.Find("POST /v1/authenticate", "lua-new"), nodes.Satori.Find("POST /v1/authenticate", "js-new"));
        Assert.Equal($"Basic {Convert.ToBase64String("the-key:"u8)}", lua.Authorization);
        Assert.Equal("1.2.3.4", lua.Ip);
        Assert.Contains("\"no_session\":false", lua.Body, StringComparison.Ordinal);
        Assert.Contains("\"no_session\":true", script.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_experiments_and_live_events_have_the_form_of_their_language()
    {
        Assert.Equal("""[{"change_reason":{"name":"n","type":2,"variant_name":"v"},"condition_changed":true,"name":"flag","value":"on"}]""", await nodes.LuaAsync("return nk.get_satori().flags_list('f', { 'flag' })"));
        Assert.Equal("""{"flags":[{"name":"flag","value":"on","conditionChanged":true,"changeReason":{"name":"n","variantName":"v","type":2}}]}""", await nodes.JavaScriptAsync("return nk.getSatori().flagsList('f', ['flag']);"));
        Assert.Equal("""{"experiments":[{"name":"e","value":"1"}]}""", await nodes.JavaScriptAsync("return nk.getSatori().experimentsList('f', null, ['label']);"));
        Assert.Equal("7", await nodes.LuaAsync("return nk.get_satori().live_events_list('f', nil, nil, 1).live_events[1].active_time_end"));
        Assert.Equal("7", await nodes.JavaScriptAsync("return nk.getSatori().liveEventsList('f').liveEvents[0].activeEndTime;"));
        Assert.Contains(nodes.Satori.Requests, static request => request.Line == "GET /v1/flag?names=flag");
        Assert.Contains(nodes.Satori.Requests, static request => request.Line == "GET /v1/experiment?labels=label");
        Assert.Contains(nodes.Satori.Requests, static request => request.Line == "GET /v1/live-event?past_run_count=1");
    }

    [Fact]
    public async Task Events_are_published_for_an_identity_or_by_the_server()
    {
        await nodes.LuaAsync("nk.get_satori().events_publish('publisher', { { name = 'won', value = '5', metadata = { a = 'b' }, timestamp = 60 } }) return 'done'");
        await nodes.JavaScriptAsync("nk.getSatori().serverEventsPublish([{ name: 'opened', identityId: 'other' }]);");

        Assert.Equal("""{"events":[{"name":"won","value":"5","metadata":{"a":"b"},"timestamp":"1970-01-01T00:01:00Z"}]}""", nodes.Satori.Find("POST /v1/event", "won").Body);
        var ofServer = nodes.Satori.Find("POST /v1/server-event", "opened");
        Assert.Equal(("""{"events":[{"name":"opened","identity_id":"other"}]}""", true), (ofServer.Body, ofServer.Authorization.StartsWith("Basic ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Messages_come_in_pages_and_are_marked()
    {
        Assert.Equal("""["m1","next","prev","prev"]""", await nodes.LuaAsync("local list, next, prev, cacheable = nk.get_satori().messages_list('reader', 5) return { list[1].id, next, prev, cacheable }"));
        Assert.Equal("""["m1","next","prev"]""", await nodes.JavaScriptAsync("const page = nk.getSatori().messagesList('reader'); return [page.messages[0].id, page.nextCursor, page.prevCursor];"));

        await nodes.JavaScriptAsync("nk.getSatori().messageUpdate('reader', 'm/1', 100);");
        Assert.Equal("""{"read_time":"100","consume_time":"0"}""", nodes.Satori.Find("PUT /v1/message/m%2F1", "").Body);
    }

    [Fact]
    public async Task An_answer_is_kept_within_a_call_until_the_identity_changes()
    {
        await nodes.LuaAsync("local s = nk.get_satori() s.flags_list('kept', { 'a' }) s.flags_list('kept', { 'a' }) s.flags_list('kept', { 'b' }) return 'done'");
        Assert.Equal((1, 1), (CountOf("GET /v1/flag?names=a"), CountOf("GET /v1/flag?names=b")));

        await nodes.LuaAsync("local s = nk.get_satori() s.flags_list('kept', { 'a' }) s.properties_update('kept', { custom = { a = 'b' } }) s.flags_list('kept', { 'a' }) return 'done'");
        Assert.Equal(3, CountOf("GET /v1/flag?names=a"));

        int CountOf(string line) => nodes.Satori.Requests.Count(request => request.Line == line && StandIn.IdentityOf(request.Authorization) == "kept");
    }

    [Fact]
    public async Task Games_in_csharp_pass_and_get_typed_values()
    {
        var satori = nodes.Nakama.Satori;

        var properties = await satori.AuthenticateAsync("cs-new", new Dictionary<string, string> { ["email"] = "x" });
        Assert.Equal("x", Assert.Single(properties.Default).Value);
        Assert.Equal("3", (await satori.GetPropertiesAsync("cs-one")).Computed["c"]);
        await satori.UpdatePropertiesAsync("cs-one", new() { Custom = new Dictionary<string, string> { ["level"] = "9" }, Recompute = true });
        Assert.Equal("""{"custom":{"level":"9"},"recompute":true}""", nodes.Satori.Find("PUT /v1/properties", "level").Body);

        await satori.PublishServerEventsAsync([new("bought") { IdentityId = "cs-one", SessionIssuedAt = DateTimeOffset.UnixEpoch.AddSeconds(5) }]);
        Assert.Equal("""{"events":[{"name":"bought","identity_id":"cs-one","session_issued_at":"5"}]}""", nodes.Satori.Find("POST /v1/server-event", "bought").Body);
        await satori.PublishEventsAsync("cs-one", [new("sold") { Metadata = new Dictionary<string, string> { ["a"] = "b" } }]);
        Assert.Equal("""{"events":[{"name":"sold","metadata":{"a":"b"}}]}""", nodes.Satori.Find("POST /v1/event", "sold").Body);

        Assert.Equal(new SatoriFlag("flag", "on", true, new("n", "v", 2)), Assert.Single(await satori.ListFlagsAsync(null)));
        Assert.Equal(new SatoriExperiment("e", "1"), Assert.Single(await satori.ListExperimentsAsync("cs-one", ["e"])));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(7), Assert.Single((await satori.ListLiveEventsAsync("cs-one", new() { PastRunCount = 2 })).LiveEvents).ActiveEndTime);
        var page = await satori.ListMessagesAsync("cs-one");
        Assert.Equal(("m1", DateTimeOffset.UnixEpoch.AddSeconds(5), "next", "prev"), (page.Messages[0].Id, page.Messages[0].SendTime, page.NextCursor, page.PreviousCursor));
        await satori.UpdateMessageAsync("cs-one", "cs-m", DateTimeOffset.UnixEpoch.AddSeconds(3));
        Assert.Equal("""{"read_time":"3","consume_time":"0"}""", nodes.Satori.Find("PUT /v1/message/cs-m", "").Body);

        var refused = await Assert.ThrowsAsync<NakamaException>(() => satori.DeleteIdentityAsync("x"));
        Assert.Contains("status 403: not yours", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_which_status_and_why() => Assert.Equal(
        "GoError: failed to satori identity delete: status 403: not yours",
        await nodes.JavaScriptAsync("try { nk.getSatori().identityDelete('x'); } catch (e) { return e.name + ': ' + e.message; }"));

    [Fact]
    public async Task Only_requests_that_may_be_sent_twice_are_sent_again()
    {
        foreach (var code in (string[])["propertiesGet('failing')", "propertiesUpdate('failing', { custom: { a: 'b' } })", "eventsPublish('failing', [{ name: 'failing' }])"])
            Assert.Contains("status 503", await nodes.JavaScriptAsync($"try {{ nk.getSatori().{code}; }} catch (e) {{ return e.message; }}"), StringComparison.Ordinal);

        Assert.Equal((2, 2, 1), (CountOf("GET /v1/properties"), CountOf("PUT /v1/properties"), CountOf("POST /v1/event")));

        int CountOf(string line) => nodes.Satori.Requests.Count(request => request.Line == line && StandIn.IdentityOf(request.Authorization) == "failing");
    }

    private static JsonElement ClaimsOf(string authorization)
    {
        var part = authorization["Bearer ".Length..].Split('.')[1];
        using var json = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part));
        return json.RootElement.Clone();
    }

    internal sealed record SatoriCall(string Line, string Authorization, string Ip, string Body);

    /// <summary>The part of Satori that the tests ask.</summary>
    internal sealed class StandIn : IAsyncDisposable
    {
        private readonly WebApplication _app;

        public StandIn()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(AnswerAsync);
        }

        public ConcurrentQueue<SatoriCall> Requests { get; } = new();

        public async Task<string> StartAsync()
        {
            await _app.StartAsync();
            return _app.Urls.First();
        }

        /// <summary>The request with that line whose body or token has the text.</summary>
        public SatoriCall Find(string line, string text) => Requests.First(request => request.Line == line
            && (request.Body.Contains(text, StringComparison.Ordinal) || (request.Authorization.StartsWith("Bearer ", StringComparison.Ordinal) && ClaimsOf(request.Authorization).GetRawText().Contains(text, StringComparison.Ordinal))));

        /// <summary>The identity of a token; null for the key of the server.</summary>
        public static string? IdentityOf(string authorization) =>
            authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? ClaimsOf(authorization).GetProperty("iid").GetString() : null;

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();

        private async Task AnswerAsync(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var (path, body) = (context.Request.Path.ToUriComponent(), await reader.ReadToEndAsync());
            Requests.Enqueue(new($"{context.Request.Method} {path}{context.Request.QueryString}", context.Request.Headers.Authorization.ToString(), context.Request.Headers["X-Forwarded-For"].ToString(), body));
            context.Response.StatusCode = context.Request.Method == "DELETE" ? 403 : IdentityOf(context.Request.Headers.Authorization.ToString()) == "failing" ? 503 : 200;
            await context.Response.WriteAsync(path switch
            {
                "/v1/authenticate" => """{"token":"t","properties":{"default":{"email":"x"}}}""",
                "/v1/properties" => """{"default":{"a":"1"},"custom":{"b":"2"},"computed":{"c":"3"}}""",
                "/v1/flag" => """{"flags":[{"name":"flag","value":"on","condition_changed":true,"change_reason":{"type":2,"name":"n","variant_name":"v"}}]}""",
                "/v1/experiment" => """{"experiments":[{"name":"e","value":"1"}]}""",
                "/v1/live-event" => """{"live_events":[{"name":"l","active_end_time_sec":"7"}],"explicit_join_live_events":[]}""",
                "/v1/message" => """{"messages":[{"id":"m1","send_time":"5"}],"next_cursor":"next","prev_cursor":"prev"}""",
                "/v1/identity" => """{"message":"not yours"}""",
                _ => "{}",
            });
        }
    }

    public sealed class Nodes : IAsyncLifetime
    {
        private const string Lua = """
            local nk = require("nakama")
            nk.register_rpc(function(ctx, payload) return nk.json_encode(assert(loadstring("local nk = ... " .. payload))(nk)) end, "lua")
            """;

        private const string JavaScript = """
            function run(ctx, logger, nk, payload) {
              const value = new Function("nk", payload)(nk);
              return typeof value === "string" ? value : JSON.stringify(value);
            }
            function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("javascript", run); }
            """;

        private string _folder = "";
        private TestServer _server = null!;

        internal StandIn Satori { get; } = new();

        internal INakama Nakama => _server.Services.GetRequiredService<INakama>();

        public async Task InitializeAsync()
        {
            var url = await Satori.StartAsync();
            _folder = ModuleServer.WriteModules(("game.lua", Lua), ("index.js", JavaScript));
            _server = await TestServer.StartAsync(options => options with
            {
                Runtime = options.Runtime with { Path = _folder, JsMinCount = 1 },
                Satori = new SatoriOptions { Url = url, ApiKeyName = "key-name", ApiKey = "the-key", SigningKey = "the-signing-key", RetryCount = 1 },
            });
        }

        public async Task DisposeAsync()
        {
            await _server.DisposeAsync();
            await Satori.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }

        internal Task<string> LuaAsync(string code) => CallAsync("lua", code);

        internal Task<string> JavaScriptAsync(string code) => CallAsync("javascript", code);

        private async Task<string> CallAsync(string id, string payload)
        {
            using var content = new StringContent(payload, Encoding.UTF8, "application/json");
            using var response = await _server.Http.PostAsync(new Uri($"/v2/rpc/{id}?http_key={_server.Options.Runtime.HttpKey}&unwrap", UriKind.Relative), content);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, body);
            return body;
        }
    }
}
