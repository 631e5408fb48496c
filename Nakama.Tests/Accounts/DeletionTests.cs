using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Accounts;

public sealed class DeletionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private AccountDeletion Deletion => Server.Services.GetRequiredService<AccountDeletion>();

    [Fact]
    public async Task A_deleted_account_is_gone_and_its_device_makes_a_new_one()
    {
        var player = await Server.AuthenticateAsync();

        (await Server.AsAsync(player.Token, "DELETE /v2/account")).Ok();

        Assert.Equal(0L, await CountAsync("users WHERE id = $1", player.UserId));
        Assert.Equal(0L, await CountAsync("user_tombstone WHERE user_id = $1", player.UserId));
        var again = (await Server.WithKeyAsync("/v2/account/authenticate/device", new { id = player.DeviceId })).Ok();
        Assert.True(again.Body.GetProperty("created").GetBoolean());
    }

    [Fact]
    public async Task A_token_of_the_same_second_survives_and_finds_nothing()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var player = await server.AuthenticateAsync();

        (await server.AsAsync(player.Token, "DELETE /v2/account")).Ok();
        (await server.AsAsync(player.Token, "GET /v2/account")).Refused(404, 5, "Account not found.");
        (await server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "x" })).Ok();
        (await server.AsAsync(player.Token, "DELETE /v2/account")).Ok();
        (await server.AsAsync(player.Token, "POST /v2/account/link/custom", new { id = Unique.Id() })).Refused(409, 6, "Custom ID is already in use.");
        (await server.AsAsync(player.Token, "POST /v2/account/link/device", new { id = Unique.Id() })).Refused(401, 16, "Auth token invalid");
    }

    [Fact]
    public async Task Older_tokens_end_with_the_account_and_so_do_its_sockets()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var player = await server.AuthenticateAsync();
        await using var socket = await server.OpenSocketAsync(player);
        clock.Advance(TimeSpan.FromSeconds(1));

        (await server.AsAsync(player.Token, "DELETE /v2/account")).Ok();

        (await server.AsAsync(player.Token, "GET /v2/account")).Refused(401, 16, "Auth token invalid");
        (await server.WithKeyAsync("/v2/account/session/refresh", new { token = player.RefreshToken }))
            .Refused(401, 16, "Refresh token invalid or expired.");
        Assert.Null(await socket.ReceiveBytesAsync());
        Assert.Equal(1000, socket.CloseStatus);
    }

    [Fact]
    public async Task A_recorded_deletion_leaves_a_tombstone_once()
    {
        var player = await Server.AuthenticateAsync();

        await Deletion.DeleteAsync(player.UserId, isRecorded: true, CancellationToken.None);
        await Deletion.DeleteAsync(player.UserId, isRecorded: true, CancellationToken.None);

        Assert.Equal(1L, await CountAsync("user_tombstone WHERE user_id = $1", player.UserId));
        var tombstones = await Server.Services.GetRequiredService<AccountSearch>().ListTombstonesAsync(player.UserId, CancellationToken.None);
        Assert.Equal(player.UserId.ToString(), Assert.Single(tombstones).Id);
    }

    [Fact]
    public async Task Nobody_deletes_the_system_user() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Deletion.DeleteAsync(Guid.Empty, false, CancellationToken.None));

    [Fact]
    public async Task Former_friends_keep_the_count_that_clients_know()
    {
        var (player, friend) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        await BefriendAsync(player, friend, 3);

        (await Server.AsAsync(player.Token, "DELETE /v2/account")).Ok();

        Assert.Equal(1L, await CountAsync("users WHERE id = $1 AND edge_count = 3", friend.UserId));
    }

    [Fact]
    public async Task Every_part_erases_its_share_in_the_same_transaction()
    {
        var part = new NoteEraser();
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<IAccountPart>(part));
        var player = await server.AuthenticateAsync();
        var deletion = server.Services.GetRequiredService<AccountDeletion>();

        part.Fails = true;
        await Assert.ThrowsAsync<InvalidDataException>(async () => await deletion.DeleteAsync(player.UserId, false, CancellationToken.None));
        (await server.AsAsync(player.Token, "GET /v2/account")).Ok();
        Assert.Empty(part.Told);

        part.Fails = false;
        await deletion.DeleteAsync(player.UserId, false, CancellationToken.None);
        Assert.Equal([player.UserId], part.Told);
    }

    [Fact]
    public async Task A_ban_ends_sockets_with_a_notification_and_tokens_for_good()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var player = await server.AuthenticateAsync();
        await using var socket = await server.OpenSocketAsync(player);
        var bans = server.Services.GetRequiredService<AccountBans>();
        clock.Advance(TimeSpan.FromSeconds(1));

        await bans.BanAsync([player.UserId], CancellationToken.None);
        var notification = (await socket.ReceiveAsync()).GetProperty("notifications").GetProperty("notifications")[0];
        Assert.Null(await socket.ReceiveBytesAsync());
        await bans.UnbanAsync([player.UserId], CancellationToken.None);

        Assert.Equal((-8, "banned", "{}"), (
            notification.GetProperty("code").GetInt32(), notification.GetProperty("subject").GetString(), notification.GetProperty("content").GetString()));
        Assert.False(notification.TryGetProperty("sender_id", out _));
        (await server.AsAsync(player.Token, "GET /v2/account")).Refused(401, 16, "Auth token invalid");
        (await server.WithKeyAsync("/v2/account/authenticate/device", new { id = player.DeviceId })).Ok();
    }

    private async Task BefriendAsync(TestPlayer player, TestPlayer friend, int count)
    {
        var position = Random.Shared.NextInt64();
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"""
            WITH edges AS (INSERT INTO user_edge (source_id, destination_id, state, position) VALUES ($1, $2, 0, {position}), ($2, $1, 0, {position}))
            UPDATE users SET edge_count = {count} WHERE id = $2
            """);
        command.Parameters.AddWithValue(player.UserId);
        command.Parameters.AddWithValue(friend.UserId);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> CountAsync(string what, Guid userId)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM " + what);
        command.Parameters.AddWithValue(userId);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private sealed class NoteEraser : IAccountPart
    {
        public bool Fails { get; set; }

        public List<Guid> Told { get; } = [];

        public async ValueTask<Action?> EraseAsync(NpgsqlConnection connection, Guid userId, bool isForgotten, CancellationToken cancellationToken)
        {
            await using var command = new NpgsqlCommand("SELECT count(*) FROM users WHERE id = $1", connection);
            command.Parameters.AddWithValue(userId);
            Assert.Equal(0L, await command.ExecuteScalarAsync(cancellationToken));
            if (Fails) throw new InvalidDataException();
            return () => Told.Add(userId);
        }
    }
}
