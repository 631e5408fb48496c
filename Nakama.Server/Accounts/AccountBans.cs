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
    public ValueTask BanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) => BanAsync(userIds, null, cancellationToken);

    /// <summary>The same as a change that is recorded.</summary>
    public async ValueTask BanAsync(IReadOnlyCollection<Guid> userIds, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        await SetAsync(BanSql, userIds, recorder, cancellationToken);
        await ApplyBanAsync(userIds);
    }

    /// <summary>The effects of a ban that is stored already: tokens are revoked and sockets closed.</summary>
    internal async ValueTask ApplyBanAsync(IReadOnlyCollection<Guid> userIds)
    {
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
    public ValueTask UnbanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) => UnbanAsync(userIds, null, cancellationToken);

    /// <summary>The same as a change that is recorded.</summary>
    public async ValueTask UnbanAsync(IReadOnlyCollection<Guid> userIds, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        await SetAsync(UnbanSql, userIds, recorder, cancellationToken);
        await ApplyUnbanAsync(userIds);
    }

    /// <summary>The effects of the end of a ban that is stored already.</summary>
    internal ValueTask ApplyUnbanAsync(IReadOnlyCollection<Guid> userIds) => revocations.LiftBansAsync(userIds, CancellationToken.None);

    private async ValueTask SetAsync(string sql, IReadOnlyCollection<Guid> userIds, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        if (recorder is null) await database.RetryAsync((connection, token) => SetAsync(connection, sql, userIds, token), cancellationToken);
        else await database.InTransactionAsync(recorder, (connection, token) => SetAsync(connection, sql, userIds, token), cancellationToken);
    }

    private static async ValueTask<int> SetAsync(NpgsqlConnection connection, string sql, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. userIds] });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

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
