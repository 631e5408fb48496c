using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.Groups;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

public sealed class GroupsOfPlayers(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task An_export_has_all_members_of_a_large_group()
    {
        const int More = 10_050;
        var group = await Server.CreateGroupAsync(await Server.AuthenticateAsync());
        await ExecuteAsync(
            """
            WITH u AS (INSERT INTO users (id, username) SELECT gen_random_uuid(), $1::uuid || '-' || n FROM generate_series(1, $2) n RETURNING id)
            INSERT INTO group_edge (source_id, destination_id, state, position) SELECT $1, id, 2, row_number() OVER () FROM u
            """,
            group, More);
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");

        var (status, export) = await admin.GetAsync($"/v2/console/group/{group}/export");

        Assert.Equal((HttpStatusCode.OK, More + 1), (status, export.GetProperty("members").GetArrayLength()));
    }

    [Fact]
    public async Task Users_join_all_or_none()
    {
        var group = await Server.CreateGroupAsync(await Server.AuthenticateAsync());
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");

        await ExecuteAsync("UPDATE groups SET max_count = 2 WHERE id = $1", group);
        Assert.Equal(HttpStatusCode.InternalServerError, (await JoinAsync($"{anna.UserId},{ben.UserId}")).Status);
        Assert.Equal(1, (await admin.GetAsync($"/v2/console/group/{group}/member")).Body.GetProperty("group_users").GetArrayLength());

        await ExecuteAsync("UPDATE groups SET max_count = 3 WHERE id = $1", group);
        Assert.Equal(HttpStatusCode.OK, (await JoinAsync($"{anna.UserId},{ben.UserId}")).Status);
        Assert.Equal(3, (await admin.GetAsync($"/v2/console/group/{group}/member")).Body.GetProperty("group_users").GetArrayLength());

        Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> JoinAsync(string ids) =>
            admin.PostAsync($"/v2/console/group/{group}/add", new { ids, join_request = true });
    }

    [Theory]
    [InlineData(true, 101)]
    [InlineData(false, 1001)]
    public async Task More_users_than_fit_into_a_request_are_refused(bool isJoin, int count)
    {
        var group = await Server.CreateGroupAsync(await Server.AuthenticateAsync());
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");

        var (status, error) = await admin.PostAsync($"/v2/console/group/{group}/add", new { ids = string.Join(',', Enumerable.Range(0, count).Select(static _ => Guid.NewGuid())), join_request = isJoin });

        Assert.Equal((HttpStatusCode.BadRequest, $"At most {count - 1} users can be added at once."), (status, error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task An_underscore_in_a_pattern_stands_for_itself()
    {
        var name = Unique.Name("g");
        await Server.CreateGroupAsync(await Server.AuthenticateAsync(), name: name + "_x");
        await Server.CreateGroupAsync(await Server.AuthenticateAsync(), name: name + "yx");
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");

        var (_, list) = await admin.GetAsync($"/v2/console/group?filter={name}_%25");

        Assert.Equal(name + "_x", Assert.Single(list.GetProperty("groups").EnumerateArray()).GetProperty("name").GetString());
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
