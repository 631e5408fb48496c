using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Nakama.GameLogic;
using Nakama.Protocol.Api;
using Nakama.Server.Hosting;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime.GameLogic;

/// <summary>The server as a library: a game in C# in its process.</summary>
public sealed class GamesInCSharp(GamesInCSharp.Node node) : IClassFixture<GamesInCSharp.Node>
{
    [Fact]
    public async Task A_function_answers_over_http_and_over_sockets()
    {
        var player = await node.Server.AuthenticateAsync();
        await using var socket = await node.Server.OpenSocketAsync(player);

        Assert.Equal((200, "hello"), await CallAsync(player, "echo", "hello"));
        Assert.Equal((200, ""), await CallAsync(player, "NOTHING", "hello"));
        var answer = await socket.AskAsync("\"rpc\":{\"id\":\"ECHO\",\"payload\":\"over there\"}");
        Assert.Equal("over there", answer.GetProperty("rpc").GetProperty("payload").GetString());
    }

    [Fact]
    public async Task A_function_knows_who_calls_and_how()
    {
        var player = await node.Server.AuthenticateAsync();
        await using var socket = await node.Server.OpenSocketAsync(player);

        Assert.Equal((200, $"{player.UserId}|{player.Username}|request|secret|1,2|True"), await CallAsync(player, "who", "", "&q=1&q=2"));
        Assert.Equal((200, "||request|secret||True"), await CallAsync(caller: null, "who", "", "&http_key=" + node.Server.Options.Runtime.HttpKey));
        var answer = await socket.AskAsync("\"rpc\":{\"id\":\"who\"}");
        Assert.Equal($"{player.UserId}|{player.Username}|socket|secret||False", answer.GetProperty("rpc").GetProperty("payload").GetString());
    }

    [Fact]
    public async Task A_typed_function_reads_and_writes_json()
    {
        var player = await node.Server.AuthenticateAsync();

        Assert.Equal((200, """{"room":"hall","seats":4}"""), await CallAsync(player, "join", """{"room":"hall","seats":3}"""));
        Assert.Contains($"{player.Username} joins hall", node.Notes.Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"room":"hall"}""")]
    [InlineData("""{"room":null,"seats":3}""")]
    [InlineData("""{"room":"hall","seats":"many"}""")]
    public async Task A_typed_function_refuses_what_is_no_such_json(string payload)
    {
        var player = await node.Server.AuthenticateAsync();

        var (status, body) = await CallAsync(player, "join", payload);

        Assert.Equal((400, 3), (status, CodeOf(body)));
        Assert.StartsWith("The payload is not valid: ", ModuleServer.MessageOf(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refuse", "7", 403, 7, "not today")]
    [InlineData("refuse", "16", 401, 16, "not today")]
    [InlineData("refuse", "0", 500, 13, "not today")]
    [InlineData("refuse", "99", 500, 13, "not today")]
    [InlineData("fail", "", 500, 13, "The game logic failed.")]
    public async Task A_function_refuses_or_fails(string id, string payload, int status, int code, string message)
    {
        var player = await node.Server.AuthenticateAsync();

        var (actual, body) = await CallAsync(player, id, payload);

        Assert.Equal((status, code, message), (actual, CodeOf(body), ModuleServer.MessageOf(body)));
    }

    [Theory]
    [InlineData("nothing", 404, 5, "Requested resource was not found.")]
    [InlineData("refuse", 400, 9, "no such name")]
    [InlineData("fail", 500, 13, "The game logic failed.")]
    public async Task A_before_hook_refuses(string name, int status, int code, string message)
    {
        var player = await node.Server.AuthenticateAsync();

        var (actual, body) = await UpdateAsync(player, name);

        Assert.Equal((status, code, message), (actual, CodeOf(body), ModuleServer.MessageOf(body)));
    }

    [Fact]
    public async Task Hooks_change_requests_and_see_answers()
    {
        var player = await node.Server.AuthenticateAsync();

        Assert.Equal(200, (await UpdateAsync(player, "Anna")).Status);

        Assert.Contains($"{player.UserId} is now Anna of {player.Username}, True", node.Notes.Lines);
        Assert.Contains($"{player.Username} signs in with {player.DeviceId}, True", node.Notes.Lines);
        var (status, account) = await SendAsync(player, HttpMethod.Get, "/v2/account", null);
        Assert.Equal(200, status);
        Assert.Contains($"Anna of {player.Username}", account, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_of_a_game_goes_before_one_of_a_script() =>
        Assert.Equal((200, "this one"), await CallAsync(await node.Server.AuthenticateAsync(), "echo", "this one"));

    [Fact]
    public async Task A_program_around_the_server_brings_its_game()
    {
        var database = await Postgres.CreateDatabaseAsync();
        var server = await Postgres.ServerAsync();
        var port = FreePorts.WithNeighbour(1);
        var builder = NakamaServer.CreateBuilder(
            "--socket.port", port.ToString(CultureInfo.InvariantCulture), "--socket.address", "127.0.0.1",
            "--console.port", FreePorts.WithNeighbour(3).ToString(CultureInfo.InvariantCulture), "--console.address", "127.0.0.1",
            "--database.address", server.Address(database), "--data_dir", Path.Combine(Path.GetTempPath(), "nakama-tests"),
            "--runtime.env", "word=library");
        await using (var app = builder.WithGameLogic<TestGame>().Configure(static host => host.Services.AddSingleton<TestGame.Notes>()).Build())
        {
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            using var content = new StringContent("");
            using var response = await http.PostAsync(new Uri("/v2/rpc/who?unwrap&http_key=defaulthttpkey", UriKind.Relative), content);
            Assert.Equal("||request|library||True", await response.Content.ReadAsStringAsync());
            await app.StopAsync();
        }

        await Postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public void Every_method_with_hooks_is_named_with_its_types()
    {
        var described = ApiReflection.Descriptor.Services[0].Methods
            .Where(static method => method.Name is not ("Healthcheck" or "RpcFunc"))
            .Select(static method => $"{method.Name} {method.InputType.ClrType} {method.OutputType.ClrType}");

        var named = typeof(Requests).GetProperties().Select(static property =>
        {
            var types = property.PropertyType.GetGenericArguments();
            return $"{property.PropertyType.GetProperty("Name")!.GetValue(property.GetValue(null))} {types[0]} {types[1]}";
        });

        Assert.Equal(described.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    private Task<(int Status, string Body)> UpdateAsync(TestPlayer player, string name) =>
        SendAsync(player, HttpMethod.Put, "/v2/account", $$"""{"display_name":"{{name}}"}""");

    private Task<(int Status, string Body)> CallAsync(TestPlayer? caller, string id, string payload, string query = "") =>
        SendAsync(caller, HttpMethod.Post, $"/v2/rpc/{id}?unwrap{query}", payload);

    private async Task<(int Status, string Body)> SendAsync(TestPlayer? caller, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (caller is not null) request.Headers.Authorization = caller.Bearer;
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await node.Server.Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static int CodeOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("code").GetInt32();
    }

    /// <summary>A node with the game and a script that would like one of its names.</summary>
    public sealed class Node : IAsyncLifetime
    {
        private string _folder = "";

        internal TestServer Server { get; private set; } = null!;

        internal TestGame.Notes Notes { get; } = new();

        public async Task InitializeAsync()
        {
            _folder = ModuleServer.WriteModules(("game.lua", "require('nakama').register_rpc(function() return 'script' end, 'echo')"));
            Server = await TestServer.StartAsync(
                options => options with { Runtime = options.Runtime with { Path = _folder, LuaMinCount = 1, Env = ["word=secret"] } }, AddGame);
        }

        public async Task DisposeAsync()
        {
            await Server.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }

        private void AddGame(WebApplicationBuilder builder) =>
            builder.Services.AddSingleton(Notes).AddSingleton<IGameModule, TestGame>();
    }
}
