using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Tests.Transport;

/// <summary>Paths, verbs, headers and bodies as the reference server answers them.</summary>
public sealed class HttpSurfaceTests(ListenerHost host) : IClassFixture<ListenerHost>
{
    private const string ServerKey = "Authorization: Basic ZGVmYXVsdGtleTo=";

    [Fact]
    public async Task The_root_says_that_the_server_is_there()
    {
        var answer = await ListenerHost.SendRawAsync(host.Api, "GET /", null, "Origin: http://example.com");

        Assert.Equal((200, ""), (answer.Status, answer.Text));
        Assert.Equal("*", answer["Access-Control-Allow-Origin"]);
        Assert.Null(answer["Content-Type"]);
        Assert.Null(answer["Vary"]);
    }

    [Theory]
    [InlineData("GET /v2/nothing", 404)]
    [InlineData("GET /v2/account/", 404)]
    [InlineData("GET /V2/account", 404)]
    [InlineData("GET /v2/account%23x", 404)]
    [InlineData("GET /v2/account%2F", 404)]
    [InlineData("GET /v2", 404)]
    [InlineData("GET /v2/", 404)]
    [InlineData("GET /healthcheck/", 404)]
    [InlineData("GET /v2/rpc", 404)]
    [InlineData("GET /v2/account/authenticate/device/x", 404)]
    [InlineData("PATCH /v2/account", 501)]
    [InlineData("POST /v2/account", 501)]
    [InlineData("DELETE /v2/user", 501)]
    [InlineData("PUT /v2/rpc/x", 501)]
    [InlineData("POST /healthcheck", 501)]
    public async Task A_path_or_verb_that_nothing_takes_is_refused(string request, int status)
    {
        var answer = await host.SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 404 ? """{"code":5,"message":"Not Found"}""" : """{"code":12,"message":"Method Not Allowed"}""", answer.Text);
        Assert.Equal("application/json", answer["Content-Type"]);
        Assert.Equal("no-store, no-cache, must-revalidate", answer["Cache-Control"]);
        Assert.Equal("Accept-Encoding", answer["Vary"]);
    }

    [Fact]
    public async Task A_head_request_gets_the_length_but_no_body()
    {
        var answer = await host.SendAsync("HEAD /v2/account");

        Assert.Equal((501, "42", ""), (answer.Status, answer["Content-Length"], answer.Text));
        Assert.Equal(404, (await host.SendAsync("HEAD /")).Status);
    }

    [Fact]
    public async Task Good_answers_carry_the_headers_of_the_gateway()
    {
        var answer = await host.SendAsync("GET /v2/account");

        Assert.Equal((200, """{"wallet":"{}"}"""), (answer.Status, answer.Text));
        Assert.Equal("application/grpc", answer["Grpc-Metadata-Content-Type"]);
        Assert.Equal("yes", answer["X-Shown"]);
        Assert.Equal("no-store, no-cache, must-revalidate", answer["Cache-Control"]);
    }

    [Fact]
    public async Task The_healthcheck_needs_no_credentials() =>
        Assert.Equal((200, "{}"), (await ListenerHost.SendRawAsync(host.Api, "GET /healthcheck")) is var a ? (a.Status, a.Text) : default);

    [Theory]
    [InlineData("GET /v2/account", null, "Auth token required")]
    [InlineData("GET /v2/account", "Authorization: Bearer nonsense", "Auth token invalid")]
    [InlineData("GET /v2/account", "Authorization: bearer good-token", "Auth token invalid")]
    [InlineData("GET /v2/account", "Authorization: Basic ZGVmYXVsdGtleTo=", "Auth token invalid")]
    [InlineData("GET /v2/account", "Authorization: Bearer good-token\r\nAuthorization: Bearer good-token", "Auth token invalid")]
    [InlineData("POST /v2/account/authenticate/device", null, "Server key required")]
    [InlineData("POST /v2/account/authenticate/device", "Authorization: Basic ZGVmYXVsdGtleQ==", "Server key invalid")]
    [InlineData("POST /v2/account/authenticate/device", "Authorization: Basic ???", "Server key invalid")]
    [InlineData("POST /v2/account/authenticate/device", "Authorization: Bearer good-token", "Server key invalid")]
    public async Task Wrong_credentials_are_refused(string request, string? header, string text)
    {
        var answer = await ListenerHost.SendRawAsync(host.Api, request, null, header is null ? [] : [header]);

        Assert.Equal(401, answer.Status);
        Assert.Equal($$"""{"code":16,"message":"{{text}}"}""", answer.Text);
        Assert.Equal(text, answer["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData("GET /v2/user?ids=%zz", 400, 3, "invalid URL escape \\\"%zz\\\"")]
    [InlineData("GET /v2/user?usernames=%", 400, 3, "invalid URL escape \\\"%\\\"")]
    [InlineData("GET /v2/user?ids=a;b", 400, 3, "invalid semicolon separator in query")]
    [InlineData("GET /v2/user?usernames=%C3%28", 500, 13, "grpc: error while marshaling: string field contains invalid UTF-8")]
    [InlineData("GET /v2/friend?limit=abc", 400, 3, "parsing field \\\"limit\\\": strconv.ParseInt: parsing \\\"abc\\\": invalid syntax")]
    [InlineData("GET /v2/friend?limit=99999999999", 400, 3, "parsing field \\\"limit\\\": strconv.ParseInt: parsing \\\"99999999999\\\": value out of range")]
    [InlineData("GET /v2/friend?cursor=a&cursor=b", 400, 3, "too many values for field \\\"cursor\\\": a, b")]
    [InlineData("GET /v2/channel/x?forward=yes", 400, 3, "parsing field \\\"forward\\\": strconv.ParseBool: parsing \\\"yes\\\": invalid syntax")]
    [InlineData("GET /v2/channel/x?forward", 400, 3, "parsing field \\\"forward\\\": strconv.ParseBool: parsing \\\"\\\": invalid syntax")]
    public async Task A_bad_query_is_refused_with_the_known_sentence(string request, int status, int code, string text)
    {
        var answer = await host.SendAsync(request);

        Assert.Equal((status, $$"""{"code":{{code}},"message":"{{text}}"}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_broken_escape_in_a_path_is_a_bad_request() =>
        Assert.Equal((400, "400 Bad Request"), (await host.SendAsync("GET /v2/user/%zz/group")) is var a ? (a.Status, a.Text) : default);

    [Fact]
    public async Task Two_slashes_are_sent_to_one() =>
        Assert.Equal((301, "/v2/account?x=1", ""), (await host.SendAsync("GET //v2/account?x=1")) is var a ? (a.Status, a["Location"], a.Text) : default);

    [Theory]
    [InlineData("GET /v2/user?ids=a&ids=b,c&facebook_ids=f&unknown=1&a.b.c=2", """{ "ids": [ "a", "b,c" ], "facebookIds": [ "f" ] }""")]
    [InlineData("GET /v2/user?usernames=a%26b+c&facebookIds=x", """{ "usernames": [ "a&b c" ], "facebookIds": [ "x" ] }""")]
    [InlineData("GET /v2/user?", "{ }")]
    public async Task Lists_come_from_repeated_keys(string request, string expected) =>
        Assert.Equal(expected, (await SeeAsync("GetUsers", () => host.SendAsync(request))).ToString());

    [Theory]
    [InlineData("GET /v2/storage/a%2Fb?limit=1&cursor=c", """{ "userId": "b", "collection": "a", "limit": 1, "cursor": "c" }""")]
    [InlineData("GET /v2/storage/a%20b+c?user_id=u", """{ "userId": "u", "collection": "a b+c" }""")]
    [InlineData("GET /v2/storage/?limit=0", """{ "limit": 0 }""")]
    [InlineData("GET /v2/stor%61ge/x", """{ "collection": "x" }""")]
    public async Task Paths_fill_their_fields(string request, string expected) =>
        Assert.Equal(expected, (await SeeAsync("ListStorageObjects", () => host.SendAsync(request))).ToString());

    [Fact]
    public async Task A_body_fills_its_field_and_the_query_the_others()
    {
        var seen = await SeeAsync("AuthenticateDevice", () => ListenerHost.SendRawAsync(
            host.Api, "POST /v2/account/authenticate/device?create=true&username=u&account.id=no&Create=1",
            """{"id":"d","create":false,"vars":{"a":"b"}}"""u8.ToArray(), ServerKey));

        Assert.Equal("""{ "account": { "id": "d", "vars": { "a": "b" } }, "create": true, "username": "u" }""", seen.ToString());
    }

    [Fact]
    public async Task No_body_leaves_its_field_absent()
    {
        var seen = await SeeAsync("AuthenticateDevice", () => ListenerHost.SendRawAsync(host.Api, "POST /v2/account/authenticate/device", null, ServerKey));

        Assert.Equal("{ }", seen.ToString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var answer = await host.SendAsync("PUT /v2/account", $"{{\"display_name\":\"{new string('z', 262200)}\"}}");
        var raw = await host.SendAsync("POST /v2/rpc/large?unwrap", new string('z', 300_000));

        Assert.Equal((400, """{"code":3,"message":"http: request body too large"}"""), (answer.Status, answer.Text));
        Assert.Equal(404, raw.Status);
    }

    [Fact]
    public async Task A_compressed_body_is_understood_but_a_bomb_is_not()
    {
        var seen = await SeeAsync("UpdateAccount", () => ListenerHost.SendRawAsync(
            host.Api, "PUT /v2/account", Gzip("""{"display_name":"zipped"}"""), $"Authorization: Bearer {ListenerHost.Token}", "Content-Encoding: gzip"));
        var bomb = await ListenerHost.SendRawAsync(
            host.Api, "PUT /v2/account", Gzip("{\"display_name\":\"" + new string('z', 20_000_000) + "\"}"), $"Authorization: Bearer {ListenerHost.Token}", "Content-Encoding: gzip");
        var plain = await SeeAsync("UpdateAccount", () => host.SendAsync("PUT /v2/account", """{"display_name":"x"}""", "Content-Encoding: gzip"));

        Assert.Equal("zipped", ((UpdateAccountRequest)seen).DisplayName);
        Assert.Equal((400, """{"code":3,"message":"http: request body too large"}"""), (bomb.Status, bomb.Text));
        Assert.Null(((UpdateAccountRequest)plain).DisplayName);
    }

    [Theory]
    [InlineData("gzip;q=0, deflate, gzip", "deflate")]
    [InlineData("br, gzip, deflate", "gzip")]
    [InlineData("br", null)]
    public async Task A_long_answer_is_compressed_in_the_first_way_that_the_client_lists(string accepted, string? encoding)
    {
        host.Echo.Answer("GetUsers", (_, _, _) => new(new Users { Users_ = { new User { Username = new string('u', 5000) } } }));

        var answer = await host.SendAsync("GET /v2/user", null, $"Accept-Encoding: {accepted}");

        Assert.Equal(encoding, answer["Content-Encoding"]);
        Assert.Contains("uuuuuuuu", Unpack(answer.Body, encoding), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "x-custom, Authorization", 403, null, null)]
    [InlineData("PATCH", "Authorization", 405, null, null)]
    [InlineData("PUT", "authorization,content-type", 200, "PUT", "Authorization,Content-Type")]
    [InlineData("GET", "", 200, null, null)]
    public async Task Preflights_are_answered(string method, string headers, int status, string? allowedMethod, string? allowedHeaders)
    {
        var answer = await ListenerHost.SendRawAsync(
            host.Api, "OPTIONS /v2/account", null, "Origin: http://localhost", $"Access-Control-Request-Method: {method}", $"Access-Control-Request-Headers: {headers}");

        Assert.Equal((status, allowedMethod, allowedHeaders), (answer.Status, answer["Access-Control-Allow-Methods"], answer["Access-Control-Allow-Headers"]));
        Assert.Equal(status == 200 ? "*" : null, answer["Access-Control-Allow-Origin"]);
        Assert.Equal(200, (await ListenerHost.SendRawAsync(host.Api, "OPTIONS /v2/account")).Status);
    }

    [Fact]
    public async Task Methods_that_no_feature_took_are_unimplemented() =>
        Assert.Equal(501, (await host.SendAsync("GET /v2/tournament")).Status);

    [Theory]
    [InlineData((StatusCode)99, 500, 99)]
    [InlineData(StatusCode.ResourceExhausted, 429, 8)]
    [InlineData(StatusCode.Canceled, 499, 1)]
    public async Task Errors_have_their_status_and_their_code(StatusCode code, int status, int number)
    {
        host.Echo.Answer("ListFriends", (_, _, _) => throw new ApiException(code, "sorry <b> & \"co\""));

        var answer = await host.SendAsync("GET /v2/friend");

        Assert.Equal((status, $$"""{"code":{{number}},"message":"sorry <b> & \"co\""}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task An_unexpected_failure_shows_nothing_of_itself()
    {
        host.Echo.Answer("ListFriends", (_, _, _) => throw new InvalidOperationException("secret"));

        var answer = await host.SendAsync("GET /v2/friend");

        Assert.Equal((500, $$"""{"code":13,"message":"{{ApiErrors.InternalText}}"}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Operators_get_details_with_their_errors() =>
        Assert.Equal("""{"code":5,"message":"Not Found","details":[]}""", (await ListenerHost.SendRawAsync(host.Console, "GET /v2/nothing")).Text);

    [Fact]
    public async Task The_description_of_the_api_lists_every_path()
    {
        var answer = await host.SendAsync("GET /openapi.json");
        var paths = System.Text.Json.JsonDocument.Parse(Unpack(answer.Body, answer["Content-Encoding"])).RootElement.GetProperty("paths");

        Assert.True(paths.GetProperty("/v2/storage/{collection}/{user_id}").TryGetProperty("get", out _));
        Assert.True(paths.EnumerateObject().Count() > 60);
    }

    private async Task<IMessage> SeeAsync(string method, Func<Task<WireAnswer>> send)
    {
        IMessage? seen = null;
        var usual = host.Echo.Handlers[method];
        host.Echo.Answer(method, (call, request, cancellationToken) =>
        {
            seen = request;
            return usual(call, request, cancellationToken);
        });
        var answer = await send();
        host.Echo.Answer(method, usual);
        Assert.Equal(200, answer.Status);
        return seen!;
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) stream.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static string Unpack(byte[] body, string? encoding)
    {
        if (encoding is null) return Encoding.UTF8.GetString(body);
        using System.IO.Stream stream = encoding == "gzip" ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress) : new DeflateStream(new MemoryStream(body), CompressionMode.Decompress);
        return new StreamReader(stream).ReadToEnd();
    }
}
