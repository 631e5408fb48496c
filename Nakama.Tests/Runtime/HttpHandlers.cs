using System.Net;
using Nakama.Server.Errors;

namespace Nakama.Tests.Runtime;

/// <summary>Requests to paths that modules have registered.</summary>
public sealed class HttpHandlers(HttpHandlers.Node node) : IClassFixture<HttpHandlers.Node>
{
    private const string Module = """
        local nk = require("nakama")
        local function show(ctx, request)
          return { status = 201, headers = { ["Content-Type"] = "application/json", ["X-Two"] = { "a", "b" } }, body = nk.json_encode({
            mode = ctx.execution_mode, ip = ctx.client_ip, method = request.method, path = request.path, params = request.path_params,
            query = request.query_params, header = request.headers["X-Asked"], body = request.body }) }
        end
        nk.register_http(show, "/shop/{item}/{kind}", { "get", "POST" })
        nk.register_http(function() return { body = "other" } end, "/shop/{item}/{kind}", { "DELETE" })
        nk.register_http(function() return { body = "literal" } end, "/shop/hats/all")
        nk.register_http(function(ctx, request) return { body = request.path_params.rest } end, "/files/{rest*}")
        nk.register_http(function() end, "/nothing")
        nk.register_http(function() error({ "not now", 9 }) end, "/refuses")
        nk.register_http(function() return 5 end, "/wrong/type")
        nk.register_http(function() return { status = 99 } end, "/wrong/status")
        nk.register_http(function() return { headers = { ["Content-Length"] = "5" } } end, "/wrong/header")
        nk.register_http(function() return { headers = { ["X-A"] = "a\nb" } } end, "/wrong/value")
        nk.register_http(function(ctx, request) return { body = tostring(#request.body) } end, "/size")
        nk.register_console_http(function() return { body = "for operators" } end, "/tools")
        """;

    [Fact]
    public async Task A_handler_sees_the_request_and_makes_the_answer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/shop/red%20hat/big?a=1&a=2&b=3") { Content = new StringContent("text") };
        request.Headers.Add("x-asked", "yes");
        using var response = await node.Http.SendAsync(request);

        Assert.Equal(
            """{"body":"text","header":["yes"],"ip":"127.0.0.1","method":"POST","mode":"http","params":{"item":"red hat","kind":"big"},"path":"/shop/red hat/big","query":{"a":["1","2"],"b":["3"]}}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["a", "b"], response.Headers.GetValues("X-Two"));
    }

    [Theory]
    [InlineData("GET", "/shop/hats/all", 200, "literal")]
    [InlineData("DELETE", "/shop/hats/big", 200, "other")]
    [InlineData("PUT", "/shop/hats/big", 405, "")]
    [InlineData("GET", "/shop/hats", 404, """{"code":5,"message":"Not Found"}""")]
    [InlineData("GET", "/files/a/b/c.txt", 200, "a/b/c.txt")]
    [InlineData("GET", "/files/", 200, "")]
    [InlineData("GET", "/nothing", 204, "")]
    [InlineData("GET", "/tools", 404, """{"code":5,"message":"Not Found"}""")]
    [InlineData("GET", "/refuses", 400, """{"code":9,"message":"not now"}""")]
    [InlineData("GET", "/wrong/type", 500, """{"code":13,"message":"Unexpected return type from runtime HTTP handler, must be a response."}""")]
    [InlineData("GET", "/wrong/status", 500, """{"code":13,"message":"The HTTP handler returned an invalid response: status must be from 200 to 599."}""")]
    [InlineData("GET", "/wrong/header", 500, """{"code":13,"message":"The HTTP handler returned an invalid response: the header Content-Length is set by the server."}""")]
    [InlineData("GET", "/wrong/value", 500, """{"code":13,"message":"The HTTP handler returned an invalid response: the header X-A has an invalid value."}""")]
    public async Task The_most_exact_path_that_takes_the_method_answers(string method, string path, int status, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await node.Http.SendAsync(request);

        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_method_that_no_handler_takes_is_told_the_others()
    {
        using var response = await node.Http.PutAsync(new Uri("/shop/hats/big", UriKind.Relative), null);

        Assert.Equal(["DELETE", "GET", "POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_larger_than_the_port_takes_is_refused()
    {
        var limit = node.Server.Server.Options.Socket.MaxRequestSizeBytes;
        using var fits = await node.Http.PostAsync(new Uri("/size", UriKind.Relative), new StringContent(new string('x', limit)));
        using var exceeds = await node.Http.PostAsync(new Uri("/size", UriKind.Relative), new StringContent(new string('x', limit + 1)));

        Assert.Equal($"{limit}", await fits.Content.ReadAsStringAsync());
        Assert.Equal((400, """{"code":3,"message":"http: request body too large"}"""), ((int)exceeds.StatusCode, await exceeds.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task The_port_of_the_console_has_handlers_of_its_own()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{node.Server.Server.ConsolePort}") };

        Assert.Equal("for operators", await http.GetStringAsync(new Uri("/tools", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/shop/hats/all", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("shop", "expects path to begin with /")]
    [InlineData("/", "path / belongs to the server")]
    [InlineData("/v2/account", "path /v2/account belongs to the server")]
    [InlineData("/health", "path /health belongs to the server")]
    [InlineData("/{all*}", "path /{all*} belongs to the server")]
    [InlineData("/a//b", "path /a//b has an empty segment")]
    [InlineData("/a/{b", "segment {b of the path is no parameter such as {name}")]
    [InlineData("/a/{b*}/c", "parameter {b*} matches the rest of the path, so it must be the last segment")]
    [InlineData("/a/{b}/{b}", "path /a/{b}/{b} has two parameters b")]
    [InlineData("/a/*", "segment * of the path is neither a text nor a parameter in braces")]
    public async Task A_path_that_cannot_be_handled_keeps_the_node_from_starting(string path, string reason)
    {
        var error = await Assert.ThrowsAsync<StartupException>(() =>
            ModuleServer.StartAsync($$"""require("nakama").register_http(function() end, "{{path}}")"""));

        Assert.EndsWith("game.lua:1: " + reason, error.Message, StringComparison.Ordinal);
    }

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        internal HttpClient Http => Server.Server.Http;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(Module);

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
