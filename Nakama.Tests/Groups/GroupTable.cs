using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.Authentication;
using Nakama.Tests.Friends;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Groups;

/// <summary>Words for what players do with groups, and looks at the rows behind it.</summary>
internal static class GroupTable
{
    public static async Task<Guid> CreateGroupAsync(this TestServer server, TestPlayer owner, bool open = true, int maxCount = 100, string? name = null)
    {
        var answer = await server.AsAsync(owner.Token, "POST /v2/group", new { name = name ?? Unique.Name("g"), open, max_count = maxCount });
        return Guid.Parse(answer.Ok().Text("id"));
    }

    public static Task<ApiAnswer> JoinGroupAsync(this TestServer server, TestPlayer player, Guid groupId) =>
        server.AsAsync(player.Token, $"POST /v2/group/{groupId}/join");

    public static Task<ApiAnswer> LeaveGroupAsync(this TestServer server, TestPlayer player, Guid groupId) =>
        server.AsAsync(player.Token, $"POST /v2/group/{groupId}/leave");

    /// <param name="server">The node.</param>
    /// <param name="player">Who does it.</param>
    /// <param name="deed">One of add, kick, ban, promote, demote.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="others">To whom.</param>
    public static Task<ApiAnswer> ManageAsync(this TestServer server, TestPlayer player, string deed, Guid groupId, params TestPlayer[] others) =>
        server.AsAsync(player.Token, $"POST /v2/group/{groupId}/{deed}?" + FriendTable.Ids(others, "user_ids"));

    /// <summary>A group with one player of each rank but the last two: superadmin, admin, member; further ones are members.</summary>
    public static async Task<Guid> StaffedGroupAsync(this TestServer server, TestPlayer[] players, bool open = true, int maxCount = 100)
    {
        var group = await server.CreateGroupAsync(players[0], open, maxCount);
        (await server.ManageAsync(players[0], "add", group, players[1..])).Ok();
        (await server.ManageAsync(players[0], "promote", group, players[1])).Ok();
        return group;
    }

    /// <summary>The states of the edges between a group and a player, such as <c>2/2</c>, or <c>4/-</c> for one who is banned.</summary>
    public static async Task<string> MembershipAsync(this TestServer server, Guid groupId, TestPlayer player)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            SELECT (SELECT state FROM group_edge WHERE source_id = $1 AND destination_id = $2),
                (SELECT state FROM group_edge WHERE source_id = $2 AND destination_id = $1)
            """);
        command.Parameters.AddWithValue(groupId);
        command.Parameters.AddWithValue(player.UserId);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return $"{State(0)}/{State(1)}";

        string State(int ordinal) => reader.IsDBNull(ordinal) ? "-" : $"{reader.GetInt16(ordinal)}";
    }

    /// <summary>Fails unless the group counts its members rightly, has a superadmin, and each member's two edges agree.</summary>
    public static async Task GroupIsSoundAsync(this TestServer server, Guid groupId)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            SELECT
                (SELECT edge_count FROM groups WHERE id = $1),
                (SELECT count(*) FROM group_edge WHERE source_id = $1 AND state <= 2),
                (SELECT count(*) FROM group_edge WHERE source_id = $1 AND state = 0),
                (SELECT count(*) FROM group_edge e WHERE (e.source_id = $1 OR e.destination_id = $1) AND e.state <> 4 AND NOT EXISTS (
                    SELECT 1 FROM group_edge o WHERE o.source_id = e.destination_id AND o.destination_id = e.source_id
                    AND o.position = e.position AND o.state = e.state))
            """);
        command.Parameters.AddWithValue(groupId);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.False(reader.IsDBNull(0), "The group is gone.");
        Assert.Equal(reader.GetInt64(1), reader.GetInt32(0));
        Assert.InRange(reader.GetInt64(2), 1, long.MaxValue);
        Assert.Equal(0, reader.GetInt64(3));
    }

    public static async Task<long> CountAsync(this TestServer server, string what, Guid id)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM " + what);
        command.Parameters.AddWithValue(id);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Disables a group, as nothing but a hand in the database does.</summary>
    public static async Task DisableGroupAsync(this TestServer server, Guid groupId)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("UPDATE groups SET disable_time = now() WHERE id = $1");
        command.Parameters.AddWithValue(groupId);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
