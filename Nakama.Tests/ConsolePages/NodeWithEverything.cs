using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.Authentication;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsolePages;

/// <summary>A node that has one or two of everything that the pages list, and the console in front of it.</summary>
public sealed class NodeWithEverything : IAsyncLifetime
{
    private readonly ConsoleFixture _fixture = new();
    private readonly List<TestSocket> _sockets = [];
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task[] _staying = [];

    internal ConsoleFixture Console => _fixture;

    public async Task InitializeAsync()
    {
        await _fixture.InitializeAsync();
        var server = _fixture.Server;
        var (player, friend) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
        var stored = new { collection = "saves", key = "slot", value = """{"level": 7, "name": "<b>"}""", permission_read = 2, permission_write = 1 };
        (await server.AsAsync(player.Token, "PUT /v2/storage", new { objects = new[] { stored } })).Ok();
        (await server.AsAsync(player.Token, "POST /v2/group", new { name = Unique.Name("group"), open = true })).Ok();
        (await server.AsAsync(player.Token, $"POST /v2/friend?ids={friend.UserId}")).Ok();
        await AddRowsAsync(player.UserId);
        using (var admin = ConsoleCaller.Basic(server, "admin", "password"))
            await admin.PostAsync($"/v2/console/account/{player.UserId}", new { display_name = "<b>Anna</b>", wallet = """{"coins": 1}""" });
        var board = await server.CreateBoardAsync();
        (await server.AsAsync(player.Token, $"POST /v2/leaderboard/{board}", new { score = "10" })).Ok();

        foreach (var one in (TestPlayer[])[player, friend]) _sockets.Add(await server.OpenSocketAsync(one, status: true));
        var (first, second) = (_sockets[0], _sockets[1]);
        var match = (await first.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString();
        await second.AskAsync($$"""
            "match_join":{"match_id":"{{match}}"}
            """);
        await first.AskAsync("\"party_create\":{\"open\":true,\"max_size\":2}");
        await first.AskAsync("\"channel_join\":{\"type\":1,\"target\":\"lobby\",\"persistence\":true}");
        await second.AskAsync("\"matchmaker_add\":{\"query\":\"+properties.region:moon\",\"min_count\":2,\"max_count\":2}");
        _staying = [.. _sockets.Select(StayAsync)];
    }

    public async Task DisposeAsync()
    {
        _over.TrySetResult();
        await Task.WhenAll(_staying);
        foreach (var socket in _sockets) await socket.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    /// <summary>A client that does not read answers no pings, and is taken for lost.</summary>
    private async Task StayAsync(TestSocket socket)
    {
        while (await Task.WhenAny(_over.Task, Task.Delay(TimeSpan.FromSeconds(5))) != _over.Task) await socket.AskAsync("\"ping\":{}");
    }

    private async Task AddRowsAsync(Guid userId)
    {
        await using var command = _fixture.Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(string.Create(CultureInfo.InvariantCulture, $$"""
            INSERT INTO purchase (transaction_id, user_id, product_id, store) VALUES ('sale-{{userId}}', '{{userId}}', 'coins', 0);
            INSERT INTO notification (id, user_id, subject, content, code, sender_id) VALUES ('{{Guid.NewGuid()}}', '{{userId}}', 'Welcome', '{}', 1, '{{Guid.Empty}}');
            """));
        await command.ExecuteNonQueryAsync();
    }
}
