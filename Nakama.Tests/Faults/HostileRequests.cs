using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Nakama.Tests.Golden;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>Requests that no regular client sends: each is rejected, and the node keeps running.</summary>
public sealed class HostileRequests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int MostBytes = 262144;
    private const int InvalidArgument = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_body_above_the_limit_is_refused_in_words()
    {
        var answer = await UpdateAsync(Encoding.ASCII.GetBytes($$"""{"display_name":"{{new string('x', MostBytes)}}"}"""));

        Assert.Equal(400, answer.Status);
        Assert.Equal("http: request body too large", Error(answer).Message);
    }

    [Fact]
    public async Task A_body_above_the_limit_in_chunks_is_refused_without_being_read_to_its_end()
    {
        using var client = await Server.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v2/account/authenticate/device HTTP/1.1\r\nHost: x\r\nAuthorization: {Server.BasicKey}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var chunk = Encoding.ASCII.GetBytes($"4000\r\n{new string(' ', 0x4000)}\r\n");
        try
        {
            // Sixteen times the limit; the end of the body is never sent.
            for (var sent = 0; sent < 16 * MostBytes; sent += 0x4000) await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The node closed the connection, which is a valid rejection.
        }

        await AssertAnsweredOrClosedAsync(stream, 400);
        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("{\"a\":", "")]
    [InlineData("{\"display_name\":", "\"x\"")]
    public async Task Json_nested_without_end_is_refused(string level, string inside)
    {
        var depth = (MostBytes / level.Length) - 100;
        var answer = await UpdateAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(level, depth)) + inside));

        Assert.Equal(400, answer.Status);
        Assert.Equal(InvalidArgument, Error(answer).Code);
        await AssertAliveAsync();
    }

    [Fact]
    public async Task A_value_to_store_nested_without_end_is_refused_and_not_stored()
    {
        var player = await Server.AuthenticateAsync();
        var depth = 100_000;
        var value = $$"""{\"a\":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        var body = $$"""{"objects":[{"collection":"deep","key":"k","value":"{{value}}"}]}""";

        var answer = await SendAsync("PUT", "/v2/storage", player, Encoding.ASCII.GetBytes(body));
        var listed = await SendAsync("GET", $"/v2/storage/deep/{player.UserId}", player, null);

        Assert.Equal(400, answer.Status);
        Assert.Equal("{}", listed.Body.Replace("\"objects\":[]", "", StringComparison.Ordinal).Replace(",\"cursor\":\"\"", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe })]
    [InlineData(new byte[] { 0xc0, 0xaf })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xf5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xe2, 0x82 })]
    public async Task Bytes_that_are_no_text_are_refused_and_change_nothing(byte[] bytes)
    {
        var player = await Server.AuthenticateAsync();

        var answer = await SendAsync("PUT", "/v2/account", player, [.. "{\"display_name\":\""u8, .. bytes, .. "\"}"u8]);
        var account = await SendAsync("GET", "/v2/account", player, null);

        Assert.Equal(400, answer.Status);
        Assert.Equal(InvalidArgument, Error(answer).Code);
        Assert.DoesNotContain("display_name\":\"\ufffd", account.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zero_character_is_refused_before_the_database_sees_it()
    {
        var player = await Server.AuthenticateAsync();

        var answer = await SendAsync("PUT", "/v2/account", player, Encoding.ASCII.GetBytes("""{"display_name":"a\u0000b"}"""));

        Assert.Equal(400, answer.Status);
        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("GET / HTTP/9.9\r\n\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    [InlineData("GET /v2/account HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /v2/account HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /v2/account HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n")]
    public async Task What_is_no_request_is_refused(string request)
    {
        using var client = await Server.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));

        await AssertAnsweredOrClosedAsync(stream, 400, 401, 404, 405, 501, 505);
        await AssertAliveAsync();
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        using var client = await Server.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n"u8.ToArray());
        var header = Encoding.ASCII.GetBytes($"X-Filler: {new string('x', 1000)}\r\n");
        try
        {
            for (var i = 0; i < 10_000; i++) await stream.WriteAsync(header);
        }
        catch (IOException)
        {
            // The node closed the connection.
        }

        await AssertAnsweredOrClosedAsync(stream, 431);
        await AssertAliveAsync();
    }

    private static (int Code, string Message) Error(PlainAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return (json.RootElement.GetProperty("code").GetInt32(), json.RootElement.GetProperty("message").GetString()!);
    }

    private static async Task AssertAnsweredOrClosedAsync(NetworkStream stream, params int[] statuses)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var answer = await PlainHttp.ReadAsync(stream, isHead: false, timeout.Token);
            Assert.Contains(answer.Status, statuses);
        }
        catch (IOException)
        {
            // The connection was closed without a response.
        }
    }

    private async Task<PlainAnswer> UpdateAsync(byte[] body) => await SendAsync("PUT", "/v2/account", await Server.AuthenticateAsync(), body);

    private Task<PlainAnswer> SendAsync(string verb, string target, TestPlayer player, byte[]? body) => PlainHttp.SendAsync(
        Server.Port, verb, target, new Dictionary<string, string> { ["Authorization"] = $"Bearer {player.Token}", ["Content-Type"] = "application/json" }, body);

    private async Task AssertAliveAsync()
    {
        using var answer = await Server.Http.GetAsync(new Uri("/healthcheck", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }
}
