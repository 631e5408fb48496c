using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Metrics;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Functions of the server beyond what was recorded.</summary>
public sealed class HostFunctions(HostFunctions.Node node) : IClassFixture<HostFunctions.Node>
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_rpc(function(ctx, payload)
          local results = { pcall(loadstring("local nk, ctx = ... " .. payload), nk, ctx) }
          if not results[1] then error(results[2], 0) end
          return nk.json_encode(results[2])
        end, "run")
        """;

    [Fact]
    public async Task Files_are_read_below_the_folder_of_modules_only()
    {
        await File.WriteAllTextAsync(Path.Combine(node.Server.Folder, "data.txt"), "inside");
        var outside = Path.Combine(Path.GetTempPath(), Unique.Name("outside"));
        await File.WriteAllTextAsync(outside, "secret");
        File.CreateSymbolicLink(Path.Combine(node.Server.Folder, "link"), outside);
        try
        {
            Assert.Equal("\"inside\"", await RunAsync("return nk.file_read('data.txt')"));
            foreach (var path in (string[])["../" + Path.GetFileName(outside), "sub/../../" + Path.GetFileName(outside), outside, "link", ".", "..", "data.txt\\0"])
                Assert.StartsWith("failed to open file: open ", await FailAsync($"return nk.file_read('{path}')"), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Fact]
    public async Task Columns_become_values_of_their_kinds()
    {
        const string Query = """
            return nk.sql_query([[SELECT 1::int2 a, 2::int8 b, 2.5::float8 c, 1.50::numeric d, true e, NULL f, '{"x":1}'::jsonb g,
              '00000000-0000-0000-0000-000000000001'::uuid h, 't'::text i, '\x6869'::bytea j, ARRAY[1,2] k,
              '2020-01-01T00:00:00Z'::timestamptz l, '1970-01-02'::date m]])[1]
            """;

        Assert.Equal(
            """{"a":1,"b":2,"c":2.5,"d":"1.50","e":true,"g":"{\"x\": 1}","h":"00000000-0000-0000-0000-000000000001","i":"t","j":"hi","k":"{1,2}","l":1577836800,"m":86400}""",
            await RunAsync(Query));
    }

    [Fact]
    public async Task Parameters_have_the_type_that_the_statement_wants()
    {
        Assert.Equal("[{\"a\":7,\"b\":\"x\",\"c\":true}]", await RunAsync("return nk.sql_query('SELECT $1::int8 a, $2::text b, $3::bool c', {7, 'x', true})"));
        Assert.Equal("[{\"a\":1.5,\"j\":\"{\\\"k\\\": 1}\"}]", await RunAsync("return nk.sql_query('SELECT $1::float8 a, $2::jsonb j', {1.5, '{\"k\":1}'})"));
    }

    [Fact]
    public async Task Requests_reach_other_services()
    {
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{FreePorts.WithNeighbour(1).ToString(CultureInfo.InvariantCulture)}/";
        listener.Prefixes.Add(address);
        listener.Start();
        var serving = ServeAsync(listener);

        Assert.Equal("""{"body":"POST /path x-y: z hello","code":201,"type":"text/plain"}""", await RunAsync($$"""
            local code, headers, body = nk.http_request('{{address}}path', 'post', { ['X-Y'] = 'z', ['Content-Type'] = 'text/plain' }, 'hello')
            return { code = code, body = body, type = headers['Content-Type'] }
            """));
        await serving;
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;

        Assert.Contains("HTTP request error: ", await FailAsync($"return nk.http_request('http://127.0.0.1:{port}/', 'get', {{}}, nil, 50)"), StringComparison.Ordinal);
        Assert.Contains("HTTP request error: ", await FailAsync("return nk.http_request('http://127.0.0.1:1/', 'get', {})"), StringComparison.Ordinal);
        Assert.Contains("HTTP request error: ", await FailAsync("return nk.http_request('file:///etc/passwd', 'get', {})"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_of_modules_are_exposed()
    {
        await RunAsync("nk.metrics_counter_add('kills', { map = 'x' }, 2) nk.metrics_counter_add('kills', { map = 'x' }, 3) nk.metrics_gauge_set('heat', nil, 1.5) nk.metrics_timer_record('lap', {}, 5e6)");

        var text = node.Server.Server.Services.GetRequiredService<PrometheusText>().Write();
        Assert.Matches("custom_kills{[^}]*map=\"x\"[^}]*} 5\n", text);
        Assert.Matches("custom_heat({[^}]*})? 1.5\n", text);
        Assert.Matches("custom_lap_count({[^}]*})? 1\n", text);
        Assert.Contains("another kind", await FailAsync("nk.metrics_gauge_set('kills', {}, 1)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_goes_the_whole_way()
    {
        var player = await node.Server.Server.AuthenticateAsync();
        var collection = Unique.Name();

        Assert.Equal("""["a","b"]""", await RunAsync($$"""
            local acks = nk.storage_write({
              { collection = '{{collection}}', key = 'a', user_id = '{{player.UserId}}', value = { n = 1, list = { 1, 2 } }, permission_read = 2 },
              { collection = '{{collection}}', key = 'b', user_id = '{{player.UserId}}', value = {} } })
            return { acks[1].key, acks[2].key }
            """));
        Assert.Equal("""{"list":[1,2],"n":1}""", await RunAsync(
            $$"""return nk.storage_read({ { collection = '{{collection}}', key = 'a', user_id = '{{player.UserId}}' } })[1].value"""));
        Assert.Equal("failed to write storage objects: Storage write rejected - version check failed.", await FailAsync(
            $$"""return nk.storage_write({ { collection = '{{collection}}', key = 'a', user_id = '{{player.UserId}}', value = {}, version = '*' } })"""));
        Assert.Equal("""{"next":true,"one":1,"rest":1}""", await RunAsync($$"""
            local objects, cursor = nk.storage_list('{{player.UserId}}', '{{collection}}', 1)
            local others, last = nk.storage_list('{{player.UserId}}', '{{collection}}', 1, cursor)
            return { one = #objects, next = cursor ~= nil, rest = #others, last = last }
            """));
        Assert.Equal("0", await RunAsync($$"""
            nk.storage_delete({ { collection = '{{collection}}', key = 'a', user_id = '{{player.UserId}}' }, { collection = '{{collection}}', key = 'b', user_id = '{{player.UserId}}' } })
            return #nk.storage_list('', '{{collection}}', 10)
            """));
    }

    [Fact]
    public async Task Accounts_and_users_are_found()
    {
        var player = await node.Server.Server.AuthenticateAsync();

        Assert.Equal($$"""["{{player.Username}}","{{player.Username}}","{{player.DeviceId}}"]""", await RunAsync(
            $$"""local a = nk.account_get_id('{{player.UserId}}') return { a.username, a.user.username, a.devices[1].id }"""));
        Assert.Equal("1", await RunAsync($$"""return #nk.users_get_id({ '{{player.UserId}}', '{{Guid.NewGuid()}}' })"""));
        Assert.Equal($$"""["{{player.UserId}}"]""", await RunAsync($$"""return { nk.users_get_username({ '{{player.Username}}' })[1].user_id }"""));
    }

    private async Task<string> RunAsync(string code)
    {
        var (status, body) = await node.Server.CallAsync("run", code);
        Assert.True(status == 200, body);
        return body;
    }

    private async Task<string> FailAsync(string code)
    {
        var (status, body) = await node.Server.CallAsync("run", code);
        Assert.Equal(500, status);
        var message = ModuleServer.MessageOf(body);
        return message.StartsWith("<string>:1: ", StringComparison.Ordinal) ? message["<string>:1: ".Length..] : message;
    }

    private static async Task ServeAsync(HttpListener listener)
    {
        var context = await listener.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream);
        var text = $"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath} x-y: {context.Request.Headers["X-Y"]} {await reader.ReadToEndAsync()}";
        context.Response.StatusCode = 201;
        context.Response.ContentType = "text/plain";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
    }

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(Module);

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
