using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Realtime;
using Nakama.Server.Database;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Npgsql;
using Notification = Nakama.Protocol.Api.Notification;
using NotificationsMessage = Nakama.Protocol.Realtime.Notifications;

namespace Nakama.Server.Accounts;

/// <summary>Bans users and lifts bans. Tokens issued before a ban stay invalid after it is lifted.</summary>
public sealed class AccountBans(NpgsqlDataSource database, Revocations revocations, SessionDisconnects sessions, TimeProvider time)
{
    private const int BannedCode = -8;

    private const string BanSql = "UPDATE users SET disable_time = now() WHERE id = ANY($1)";

    private const string UnbanSql = "UPDATE users SET disable_time = '1970-01-01 00:00:00 UTC' WHERE id = ANY($1)";

    /// <summary>Bans users: sign-in is refused, tokens are revoked, and their sockets are closed with a notification.</summary>
    public async ValueTask BanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        await SetAsync(BanSql, userIds, cancellationToken);
        // The revocation takes effect on this node before the first socket closes. The effects of a committed change are
        // applied even if the caller has cancelled.
        var saving = revocations.BanAsync(userIds, CancellationToken.None);
        foreach (var userId in userIds)
        {
            sessions.DisconnectUser(userId, except: null, CloseNotifications());
        }

        await saving;
    }

    /// <summary>Lifts bans.</summary>
    public async ValueTask UnbanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        await SetAsync(UnbanSql, userIds, cancellationToken);
        await revocations.LiftBansAsync(userIds, CancellationToken.None);
    }

    private async ValueTask SetAsync(string sql, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        await database.RetryAsync((sql, userIds), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(state.sql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. state.userIds] });
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    private Envelope CloseNotifications() => new()
    {
        Notifications = new NotificationsMessage
        {
            Notifications_ =
            {
                new Notification
                {
                    Id = Guid.NewGuid().ToString(),
                    Subject = "banned",
                    Content = "{}",
                    Code = BannedCode,
                    CreateTime = new Timestamp { Seconds = time.GetUtcNow().ToUnixTimeSeconds() },
                },
            },
        },
    };
}
