using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Accounts;
using Nakama.Server.Notifications;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Accounts;

/// <summary>What happens to requests about an account that is being deleted at the same moment.</summary>
public sealed class RequestsDuringDeletion
{
    private const int Rounds = 80;

    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Those_of_its_user_are_done_or_refused_and_nothing_is_logged()
    {
        await using var server = await TestServer.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (player, friend) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
            var write = new { objects = new[] { new { collection = "c", key = "k", value = "{}" } } };

            var answers = await Task.WhenAll(
                server.AsAsync(player.Token, "PUT /v2/storage", write),
                server.AsAsync(player.Token, $"POST /v2/friend?ids={friend.UserId}"),
                server.AsAsync(player.Token, "DELETE /v2/account"),
                server.AsAsync(player.Token, "POST /v2/account/link/device", new { id = Unique.Id() }));

            Assert.All(answers, answer => Assert.True((int)answer.Status < 500, answer.Body.ToString()));
        }

        Assert.Empty(server.Log.Lines.Where(line => line.Level >= LogLevel.Error || line.Error is not null).Select(line => $"{line.Text} {line.Error?.Message}"));
    }

    [Fact]
    public async Task Notifications_of_others_reach_them()
    {
        await using var server = await TestServer.StartAsync();
        var sender = server.Services.GetRequiredService<NotificationSender>();
        var store = server.Services.GetRequiredService<NotificationStore>();
        var deletion = server.Services.GetRequiredService<AccountDeletion>();
        for (var round = 0; round < Rounds; round++)
        {
            var (stays, goes) = ((await server.AuthenticateAsync()).UserId, (await server.AuthenticateAsync()).UserId);
            NotificationRequest[] drafts = [PendingClause(stays), PendingClause(goes)];

            await Task.WhenAll(
                Task.Run(() => deletion.DeleteAsync(goes, isRecorded: false, Never).AsTask()),
                Task.Run(() => sender.SendAsync(drafts, Never).AsTask()));

            Assert.Single(await store.ListAsync(stays, NotificationCursor.Start, 10, Never));
            Assert.Empty(await store.ListAsync(goes, NotificationCursor.Start, 10, Never));
        }
    }

    private static NotificationRequest PendingClause(Guid userId) => new(userId, "subject", "{}", 1, Guid.Empty, IsPersistent: true);
}
