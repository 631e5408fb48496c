using System.Text.Json;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Wallets;

/// <summary>Reads and restores a wallet, or an entry of its ledger, as part of a transaction.</summary>
internal static class WalletStateStore
{
    private const string ReadSql = "SELECT wallet FROM users WHERE id = $1 FOR UPDATE";

    private const string RestoreSql = "UPDATE users SET wallet = $2, update_time = now() WHERE id = $1";

    private const string EnterSql = """
        INSERT INTO wallet_ledger (id, user_id, changeset, metadata, create_time, update_time) VALUES ($1, $2, $3, $4, now(), now())
        """;

    private const string ReadItemSql = """
        SELECT changeset, metadata, create_time, update_time FROM wallet_ledger WHERE id = $2 AND user_id = $1 FOR UPDATE
        """;

    private const string RestoreItemSql = """
        INSERT INTO wallet_ledger (id, user_id, changeset, metadata, create_time, update_time) VALUES ($2, $1, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Locks a wallet and reads it; null when there is no such user.</summary>
    public static async ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(ReadSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        return await command.ExecuteScalarAsync(cancellationToken) is string wallet ? ObjectState.Of(wallet) : null;
    }

    /// <summary>Puts the amounts of a state back into a locked wallet, and enters the differences into its ledger.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="userId">The owner.</param>
    /// <param name="present">What it contains now.</param>
    /// <param name="wanted">What it is to contain.</param>
    /// <param name="metadata">A JSON object for the entry of the ledger.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Errors.ApiException">One of them contains something other than integers.</exception>
    public static async ValueTask RestoreAsync(
        NpgsqlConnection connection, Guid userId, string present, string wanted, string metadata, CancellationToken cancellationToken)
    {
        var (from, to) = (WalletJson.Read(present), WalletJson.Read(wanted));
        var changeset = from.Keys.Union(to.Keys, StringComparer.Ordinal)
            .Select(name => (Name: name, Amount: to.GetValueOrDefault(name) - from.GetValueOrDefault(name)))
            .Where(static change => change.Amount != 0).ToDictionary(static change => change.Name, static change => change.Amount, StringComparer.Ordinal);
        await using var batch = connection.CreateBatch();
        var wallet = batch.Add(RestoreSql).Parameters;
        wallet.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        wallet.AddJsonb(wanted);
        if (changeset.Count > 0)
        {
            var entry = batch.Add(EnterSql).Parameters;
            entry.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.NewGuid() });
            entry.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            entry.AddJsonb(WalletJson.Write(changeset)).AddJsonb(metadata);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Locks an entry of a ledger and reads it; null when there is none.</summary>
    public static async ValueTask<ObjectState?> ReadItemAsync(NpgsqlConnection connection, Guid userId, Guid itemId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(ReadItemSql);
        AddIds(command.Parameters, userId, itemId);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) return null;
        var (changeset, metadata, createdAt, updatedAt) = (row.GetString(0), row.GetString(1), row.GetDateTime(2), row.GetDateTime(3));
        return ObjectState.Write(writer =>
        {
            writer.WriteString("id", itemId);
            writer.WritePropertyName("changeset");
            writer.WriteRawValue(changeset, skipInputValidation: true);
            writer.WritePropertyName("metadata");
            writer.WriteRawValue(metadata, skipInputValidation: true);
            writer.WriteString("create_time", ObjectState.Text(createdAt));
            writer.WriteString("update_time", ObjectState.Text(updatedAt));
        });
    }

    /// <summary>Puts an entry of a ledger back; the wallet stays unchanged.</summary>
    /// <exception cref="PostgresException">There is no such user any more.</exception>
    public static async ValueTask RestoreItemAsync(
        NpgsqlConnection connection, Guid userId, Guid itemId, JsonElement state, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(RestoreItemSql);
        AddIds(command.Parameters, userId, itemId);
        command.Parameters.AddJsonb(state.GetProperty("changeset").GetRawText()).AddJsonb(state.GetProperty("metadata").GetRawText());
        foreach (var name in (string[])["create_time", "update_time"])
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = ObjectState.Time(state.GetProperty(name).GetString()!) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddIds(NpgsqlParameterCollection parameters, Guid userId, Guid itemId)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = itemId });
    }
}
