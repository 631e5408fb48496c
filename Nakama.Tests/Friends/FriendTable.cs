using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Friends;

/// <summary>Words for what players do with friends, and looks at the rows behind it.</summary>
internal static class FriendTable
{
    public static async Task<TestPlayer[]> PlayersAsync(this TestServer server, int count)
    {
        var players = new TestPlayer[count];
        for (var i = 0; i < count; i++) players[i] = await server.AuthenticateAsync();
        return players;
    }

    public static Task<ApiAnswer> AddAsync(this TestServer server, TestPlayer player, params TestPlayer[] others) =>
        server.AsAsync(player.Token, "POST /v2/friend?" + Ids(others));

    public static Task<ApiAnswer> DeleteAsync(this TestServer server, TestPlayer player, params TestPlayer[] others) =>
        server.AsAsync(player.Token, "DELETE /v2/friend?" + Ids(others));

    public static Task<ApiAnswer> BlockAsync(this TestServer server, TestPlayer player, params TestPlayer[] others) =>
        server.AsAsync(player.Token, "POST /v2/friend/block?" + Ids(others));

    public static async Task BefriendAsync(this TestServer server, TestPlayer player, params TestPlayer[] others)
    {
        (await server.AddAsync(player, others)).Ok();
        foreach (var other in others) (await server.AddAsync(other, player)).Ok();
    }

    /// <summary>The states of the edges between two players, such as <c>1/2</c>, or <c>3/-</c> where one is missing.</summary>
    public static async Task<string> EdgesAsync(this TestServer server, TestPlayer player, TestPlayer other)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            SELECT (SELECT state FROM user_edge WHERE source_id = $1 AND destination_id = $2),
                (SELECT state FROM user_edge WHERE source_id = $2 AND destination_id = $1)
            """);
        command.Parameters.AddWithValue(player.UserId);
        command.Parameters.AddWithValue(other.UserId);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return $"{State(0)}/{State(1)}";

        string State(int ordinal) => reader.IsDBNull(ordinal) ? "-" : $"{reader.GetInt16(ordinal)}";
    }

    /// <summary>Fails unless each player's count is that of the player's edges and no edge of two lacks a fitting other.</summary>
    public static async Task EdgesAreSoundAsync(this TestServer server, params TestPlayer[] players)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            SELECT
                (SELECT count(*) FROM users u
                 WHERE u.id = ANY($1) AND u.edge_count <> (SELECT count(*) FROM user_edge e WHERE e.source_id = u.id)),
                (SELECT count(*) FROM user_edge e
                 WHERE e.source_id = ANY($1) AND e.state <> 3 AND NOT EXISTS (
                     SELECT 1 FROM user_edge o WHERE o.source_id = e.destination_id AND o.destination_id = e.source_id
                     AND o.position = e.position AND (e.state, o.state) IN ((0, 0), (1, 2), (2, 1))))
            """);
        command.Parameters.AddWithValue(players.Select(player => player.UserId).ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.Equal((0L, 0L), (reader.GetInt64(0), reader.GetInt64(1)));
    }

    /// <summary>The codes of a player's stored notifications, oldest first.</summary>
    public static async Task<List<int>> NotifiedAsync(this TestServer server, TestPlayer player)
    {
        var answer = (await server.AsAsync(player.Token, "GET /v2/notification?limit=100")).Ok();
        return [.. answer.Body.List("notifications").Select(notification => notification.GetProperty("code").GetInt32())];
    }

    public static IEnumerable<JsonElement> List(this JsonElement element, string property) =>
        element.TryGetProperty(property, out var list) ? list.EnumerateArray() : [];

    public static string Ids(IEnumerable<TestPlayer> players, string name = "ids") =>
        string.Join('&', players.Select(player => $"{name}={player.UserId}"));
}
