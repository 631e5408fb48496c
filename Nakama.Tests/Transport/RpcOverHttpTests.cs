using Nakama.Server.Errors;

namespace Nakama.Tests.Transport;

public sealed class RpcOverHttpTests(ListenerHost host) : IClassFixture<ListenerHost>
{
    [Theory]
    [InlineData("POST /v2/rpc/missing", "Authorization: Bearer good-token", 404, """{"error":"RPC function not found","message":"RPC function not found","code":5}""")]
    [InlineData("POST /v2/rpc/", "Authorization: Bearer good-token", 400, """{"error":"RPC ID must be set","message":"RPC ID must be set","code":3}""")]
    [InlineData("POST /v2/rpc/x", null, 401, """{"error":"Auth token or HTTP key required","message":"Auth token or HTTP key required","code":16}""")]
    [InlineData("POST /v2/rpc/x?http_key=wrong", "Authorization: Bearer good-token", 401, """{"error":"HTTP key invalid","message":"HTTP key invalid","code":16}""")]
    [InlineData("GET /v2/rpc/x?http_key=", "Authorization: Bearer bad", 401, """{"error":"Auth token invalid","message":"Auth token invalid","code":16}""")]
    [InlineData("GET /v2/rpc/x", "Authorization: Basic d3Jvbmc6", 401, """{"error":"HTTP key invalid","message":"HTTP key invalid","code":16}""")]
    public async Task Refusals_have_a_form_of_their_own(string request, string? header, int status, string body)
    {
        var answer = await ListenerHost.SendRawAsync(host.Api, request, null, header is null ? [] : [header]);

        Assert.Equal((status, body, (string?)null), (answer.Status, answer.Text, answer["WWW-Authenticate"]));
    }

    [Fact]
    public async Task The_body_is_one_json_text_and_so_is_the_payload()
    {
        host.Functions.Register("Echo", (_, payload, _) => new(payload));

        Assert.Equal("""{"payload":"hi \u003c"}""", (await host.SendAsync("POST /v2/rpc/echo", "\"hi <\"")).Text);
        Assert.Equal("""{"payload":""}""", (await host.SendAsync("POST /v2/rpc/ECHO", "null")).Text);
        Assert.Equal("""{"payload":""}""", (await host.SendAsync("GET /v2/rpc/echo?payload=abc")).Text);
        Assert.Equal(400, (await host.SendAsync("POST /v2/rpc/echo", "{}")).Status);
        Assert.Equal(400, (await host.SendAsync("POST /v2/rpc/echo", "\"a\" x")).Status);
    }

    [Fact]
    public async Task Unwrapped_calls_pass_bodies_through()
    {
        host.Functions.Register("raw", (_, payload, _) => new(payload));

        var answer = await host.SendAsync("POST /v2/rpc/raw?unwrap=false", "not json", "Content-Type: text/fancy");

        Assert.Equal((200, "not json", "text/fancy"), (answer.Status, answer.Text, answer["Content-Type"]));
        Assert.Equal("text/plain", (await host.SendAsync("POST /v2/rpc/raw?unwrap", "x"))["Content-Type"]);
    }

    [Fact]
    public async Task Unwrapped_calls_without_a_body_get_the_bare_result_too()
    {
        host.Functions.Register("bare", (_, payload, _) => new($"<{payload}>"));

        var plain = await host.SendAsync("GET /v2/rpc/bare?unwrap");
        var typed = await host.SendAsync("GET /v2/rpc/bare?unwrap", null, "Content-Type: application/xml");

        Assert.Equal((200, "<>", "text/plain"), (plain.Status, plain.Text, plain["Content-Type"]));
        Assert.Equal(("<>", "application/xml"), (typed.Text, typed["Content-Type"]));
    }

    [Fact]
    public async Task Results_in_json_are_hardly_longer_within_json()
    {
        host.Functions.Register("json", (_, _, _) => new("""{"a":"é😀\u2028"}"""));

        Assert.Equal("""{"payload":"{\"a\":\"é😀\\u2028\"}"}""", (await host.SendAsync("GET /v2/rpc/json")).Text);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        host.Functions.Register("large", (_, payload, _) => new(payload));

        var answer = await host.SendAsync("POST /v2/rpc/large?unwrap", new string('z', 300_000));

        Assert.Equal((400, """{"code":3, "message":"http: request body too large"}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_failed_function_shows_its_code_and_sentence()
    {
        host.Functions.Register("fails", (_, _, _) => throw new ApiException(StatusCode.NotFound, "boom"));

        var answer = await host.SendAsync("POST /v2/rpc/fails");

        Assert.Equal((404, """{"code":5,"error":{},"message":"boom"}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task The_http_key_beats_a_token_and_stays_out_of_the_query()
    {
        var seen = "";
        host.Functions.Register("who", (call, _, _) => new(seen = $"{call.Caller?.Username}|{string.Join(',', call.QueryParameters.Keys)}"));

        await host.SendAsync("GET /v2/rpc/who?http_key=defaulthttpkey&foo=bar");
        Assert.Equal("|foo", seen);
        await host.SendAsync("GET /v2/rpc/who?foo=bar");
        Assert.Equal("anna|foo", seen);
    }
}
