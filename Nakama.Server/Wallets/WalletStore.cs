using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Wallets;

/// <summary>Wallets, whose amounts are never negative, and the ledger of their changes.</summary>
public sealed partial class WalletStore(NpgsqlDataSource database)
{
    // Locked in id order, so that concurrent requests for the same wallets wait instead of deadlocking. The weaker lock lets
    // other transactions insert rows that only reference the user.
    private const string LockSql = "SELECT id, wallet FROM users WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE";

    private const string UpdateSql = """
        UPDATE users SET wallet = changed.wallet::jsonb, update_time = now()
        FROM unnest($1::uuid[], $2::text[]) AS changed (id, wallet)
        WHERE users.id = changed.id
        """;

    private const string EnterSql = """
        INSERT INTO wallet_ledger (id, user_id, changeset, metadata, create_time, update_time)
        SELECT entry.id, entry.user_id, entry.changeset::jsonb, entry.metadata::jsonb, now(), now()
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS entry (id, user_id, changeset, metadata)
        """;

    /// <summary>Changes one wallet.</summary>
    /// <exception cref="Errors.ApiException">There is no such user.</exception>
    /// <exception cref="NegativeWalletException">The wallet does not contain enough.</exception>
    public async ValueTask<WalletUpdateResult> UpdateAsync(WalletUpdate update, bool updatesLedger, CancellationToken cancellationToken)
    {
        var results = await UpdateAsync([update], updatesLedger, cancellationToken);
        return results.Count > 0 ? results[0] : throw WalletErrors.UserNotFound;
    }

    /// <summary>
    /// Applies all updates or none, one after the other; those of unknown users are skipped. Each result shows the wallet
    /// immediately before and after its update.
    /// </summary>
    /// <exception cref="NegativeWalletException">A wallet does not contain enough.</exception>
    public ValueTask<IReadOnlyList<WalletUpdateResult>> UpdateAsync(
        IReadOnlyList<WalletUpdate> updates, bool updatesLedger, CancellationToken cancellationToken) =>
        updates.Count == 0
            ? ValueTask.FromResult<IReadOnlyList<WalletUpdateResult>>([])
            : database.InTransactionAsync(
                async (connection, token) =>
                {
                    var wallets = await LockAsync(connection, updates.Select(static update => update.UserId), token);
                    return await UpdateAsync(connection, wallets, updates, updatesLedger, token);
                },
                cancellationToken);

    /// <summary>Reads and locks wallets until the transaction ends. Unknown users are left out.</summary>
    internal static async ValueTask<Dictionary<Guid, Dictionary<string, long>>> LockAsync(
        NpgsqlConnection connection, IEnumerable<Guid> userIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LockSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. userIds.Distinct()] });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var wallets = new Dictionary<Guid, Dictionary<string, long>>();
        while (await row.ReadAsync(cancellationToken)) wallets[row.GetGuid(0)] = WalletJson.Read(row.GetString(1));
        return wallets;
    }

    /// <summary>Same as the public overload, on wallets that this transaction has locked.</summary>
    internal static async ValueTask<IReadOnlyList<WalletUpdateResult>> UpdateAsync(
        NpgsqlConnection connection, Dictionary<Guid, Dictionary<string, long>> wallets, IReadOnlyList<WalletUpdate> updates,
        bool updatesLedger, CancellationToken cancellationToken)
    {
        var results = new List<WalletUpdateResult>(updates.Count);
        var entries = new List<WalletUpdate>(updates.Count);
        foreach (var update in updates)
        {
            if (!wallets.TryGetValue(update.UserId, out var previous)) continue;
            var updated = Add(previous, update);
            wallets[update.UserId] = updated;
            results.Add(new(update.UserId, previous, updated));
            entries.Add(update);
        }

        if (results.Count == 0) return results;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Write(wallets, entries));
        if (updatesLedger) batch.BatchCommands.Add(Enter(entries));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return results;
    }

    private static Dictionary<string, long> Add(Dictionary<string, long> wallet, WalletUpdate update)
    {
        var updated = new Dictionary<string, long>(wallet, StringComparer.Ordinal);
        foreach (var (name, amount) in update.Changeset)
        {
            var current = updated.GetValueOrDefault(name);
            // A sum that overflows becomes negative and is therefore rejected as well.
            var sum = unchecked(current + amount);
            updated[name] = sum >= 0 ? sum : throw new NegativeWalletException(update.UserId, name, current, amount);
        }

        return updated;
    }

    private static NpgsqlBatchCommand Write(Dictionary<Guid, Dictionary<string, long>> wallets, List<WalletUpdate> entries)
    {
        Guid[] userIds = [.. entries.Select(static entry => entry.UserId).Distinct().Order()];
        var command = new NpgsqlBatchCommand(UpdateSql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });
        command.Parameters.AddJsonTexts([.. userIds.Select(userId => WalletJson.Write(wallets[userId]))]);
        return command;
    }

    private static NpgsqlBatchCommand Enter(List<WalletUpdate> entries)
    {
        var command = new NpgsqlBatchCommand(EnterSql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. entries.Select(static _ => Guid.NewGuid())] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. entries.Select(static entry => entry.UserId)] });
        command.Parameters.AddJsonTexts([.. entries.Select(static entry => WalletJson.Write(entry.Changeset))]);
        command.Parameters.AddJsonTexts([.. entries.Select(static entry => entry.Metadata)]);
        return command;
    }
}
