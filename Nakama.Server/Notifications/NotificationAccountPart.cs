using Nakama.Server.Accounts;
using Npgsql;

namespace Nakama.Server.Notifications;

/// <summary>The stored notifications of an account that is exported.</summary>
internal sealed class NotificationAccountPart : IAccountExportPart
{
    private const string ExportSql = $"SELECT {NotificationStore.Columns} FROM notification WHERE user_id = $1 ORDER BY create_time, id";

    public async ValueTask ExportAsync(NpgsqlConnection connection, Guid userId, AccountExportWriter writer, CancellationToken cancellationToken)
    {
        if (userId == Guid.Empty) return;
        await using var command = new NpgsqlCommand(ExportSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            writer.Add(writer.Export.Notifications, NotificationsApi.ToMessage(NotificationStore.Read(row)));
    }
}
