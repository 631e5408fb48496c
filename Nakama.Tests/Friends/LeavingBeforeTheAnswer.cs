using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Friends;
using Nakama.Server.Notifications;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Friends;

public sealed class LeavingBeforeTheAnswer(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task An_invitation_that_was_made_is_told_even_when_its_sender_has_left()
    {
        var actions = Server.Services.GetRequiredService<FriendActions>();
        var notifications = Server.Services.GetRequiredService<NotificationStore>();
        var sender = await Server.AuthenticateAsync();
        for (var round = 0; round < 100; round++)
        {
            var receiver = (await Server.AuthenticateAsync()).UserId;
            using var left = new CancellationTokenSource(TimeSpan.FromMicroseconds(round * 100));

            try
            {
                await actions.AddAsync(sender.UserId, sender.Username, [receiver], [], "", left.Token);
            }
            catch (OperationCanceledException)
            {
                // Too early for the invitation itself.
            }

            Assert.Equal(await IsInvitedAsync(receiver) ? 1 : 0, (await notifications.ListAsync(receiver, NotificationCursor.Start, 10, Never)).Count);
        }
    }

    private async Task<bool> IsInvitedAsync(Guid userId)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT count(*) FROM user_edge WHERE source_id = $1 AND state = 2");
        command.Parameters.AddWithValue(userId);
        return (long)(await command.ExecuteScalarAsync())! > 0;
    }
}
