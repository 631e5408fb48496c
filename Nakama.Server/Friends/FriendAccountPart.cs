using Nakama.Protocol.Api;
using Nakama.Server.Accounts;
using Npgsql;

namespace Nakama.Server.Friends;

/// <summary>The friends, invitations and blocks of an account that is exported: only whom and in which state.</summary>
internal sealed class FriendAccountPart : IAccountExportPart
{
    private const string ExportSql = "SELECT destination_id, state FROM user_edge WHERE source_id = $1 ORDER BY state, position";

    public async ValueTask ExportAsync(NpgsqlConnection connection, Guid userId, AccountExportWriter writer, CancellationToken cancellationToken)
    {
        if (userId == Guid.Empty) return;
        await using var command = new NpgsqlCommand(ExportSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            writer.Add(writer.Export.Friends, new Friend { User = new User { Id = row.GetGuid(0).ToString() }, State = row.GetInt16(1) });
    }
}
