using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Npgsql;

namespace Nakama.Server.Wallets;

/// <summary>The ledger of an account that is exported; the wallet itself belongs to the account.</summary>
internal sealed class WalletAccountPart : IAccountExportPart
{
    private const string ExportSql = """
        SELECT id, changeset, metadata, create_time, update_time FROM wallet_ledger
        WHERE user_id = $1 ORDER BY create_time DESC, id DESC
        """;

    public async ValueTask ExportAsync(NpgsqlConnection connection, Guid userId, AccountExportWriter writer, CancellationToken cancellationToken)
    {
        if (userId == Guid.Empty) return;
        await using var command = new NpgsqlCommand(ExportSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            writer.Add(writer.Export.WalletLedgers, new WalletLedger
            {
                Id = row.GetGuid(0).ToString(),
                Changeset = row.GetString(1),
                Metadata = row.GetString(2),
                CreateTime = new Timestamp { Seconds = new DateTimeOffset(row.GetDateTime(3)).ToUnixTimeSeconds() },
                UpdateTime = new Timestamp { Seconds = new DateTimeOffset(row.GetDateTime(4)).ToUnixTimeSeconds() },
            });
        }
    }
}
