using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Purchases;

/// <summary>The purchases that stores have confirmed, each stored once, for its first owner.</summary>
public sealed class PurchaseStore
{
    private const string Columns = """
        transaction_id, user_id, product_id, store, environment, purchase_time, refund_time, raw_response, create_time, update_time
        """;

    // An existing row is recognized by its later update time, however close the two requests were.
    private const string UpsertSql = """
        INSERT INTO purchase
            (transaction_id, user_id, product_id, store, environment, purchase_time, refund_time, raw_response, create_time, update_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), now())
        ON CONFLICT (transaction_id) DO UPDATE SET
            refund_time = CASE WHEN excluded.refund_time = '1970-01-01 00:00:00 UTC' THEN purchase.refund_time ELSE excluded.refund_time END,
            update_time = greatest(now(), purchase.create_time + interval '1 microsecond')
        RETURNING create_time, update_time
        """;

    private const string FindSql = $"SELECT {Columns} FROM purchase WHERE transaction_id = $1";

    private const string RefundSql = $"""
        UPDATE purchase SET refund_time = $2, update_time = greatest(now(), create_time + interval '1 microsecond')
        WHERE transaction_id = $1 RETURNING {Columns}
        """;

    private readonly NpgsqlDataSource _database;
    private readonly PurchaseRows<ValidatedPurchase> _rows;

    public PurchaseStore(NpgsqlDataSource database)
    {
        _database = database;
        _rows = new(
            database, "purchase", "transaction_id", Columns, Read,
            static purchase => (purchase.TransactionId, purchase.PurchaseTime.ToDateTime()), static () => PurchaseErrors.PurchasesCursor);
    }

    /// <summary>A purchase by its id; null when there is none. The owner is empty when the account is deleted.</summary>
    public ValueTask<ValidatedPurchase?> FindAsync(string transactionId, CancellationToken cancellationToken) =>
        _rows.OneAsync(FindSql, parameters => parameters.AddText(transactionId), cancellationToken);

    /// <summary>A page of purchases, newest first.</summary>
    /// <exception cref="Errors.ApiException">The cursor is invalid, or belongs to another list.</exception>
    public async ValueTask<PurchaseList> ListAsync(PurchaseQuery query, CancellationToken cancellationToken)
    {
        var (purchases, next, previous) = await _rows.ListAsync(query, cancellationToken);
        return new PurchaseList { ValidatedPurchases = { purchases }, Cursor = next, PrevCursor = previous };
    }

    /// <summary>
    /// Stores new purchases and records refunds of existing ones. The result shows the submitted purchases as those of the
    /// submitting user; <c>seen_before</c> indicates whether a purchase was known, perhaps as another user's.
    /// </summary>
    internal ValueTask<IReadOnlyList<ValidatedPurchase>> UpsertAsync(
        Guid userId, IReadOnlyList<StorePurchase> purchases, CancellationToken cancellationToken) =>
        _database.InTransactionAsync((connection, token) => UpsertAsync(connection, userId, purchases, token), cancellationToken);

    /// <summary>Records a refund; null when there is no such purchase.</summary>
    internal ValueTask<ValidatedPurchase?> RefundAsync(string transactionId, DateTime refundTime, CancellationToken cancellationToken) =>
        _rows.OneAsync(
            RefundSql,
            parameters => parameters.AddText(transactionId).Add(new NpgsqlParameter<DateTime> { TypedValue = refundTime }),
            cancellationToken);

    /// <summary>The message that a client gets for a purchase that is not stored.</summary>
    internal static ValidatedPurchase Message(Guid userId, StorePurchase purchase) => new()
    {
        UserId = userId.ToString(),
        ProductId = purchase.ProductId,
        TransactionId = purchase.TransactionId,
        Store = purchase.Store,
        PurchaseTime = Timestamp.FromDateTime(purchase.PurchaseTime),
        RefundTime = purchase.RefundTime is { } refund ? Timestamp.FromDateTime(refund) : null,
        ProviderResponse = purchase.ProviderResponse,
        Environment = purchase.Environment,
    };

    private static async ValueTask<IReadOnlyList<ValidatedPurchase>> UpsertAsync(
        NpgsqlConnection connection, Guid userId, IReadOnlyList<StorePurchase> purchases, CancellationToken cancellationToken)
    {
        // Sorted, so that concurrent requests lock rows in the same order and cannot deadlock.
        int[] order = [.. Enumerable.Range(0, purchases.Count).OrderBy(i => purchases[i].TransactionId, StringComparer.Ordinal)];
        await using var batch = new NpgsqlBatch(connection);
        foreach (var i in order) batch.BatchCommands.Add(Upsert(userId, purchases[i]));

        var results = new ValidatedPurchase[purchases.Count];
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var i in order)
        {
            await row.ReadAsync(cancellationToken);
            var (created, updated) = (row.GetDateTime(0), row.GetDateTime(1));
            var message = results[i] = Message(userId, purchases[i]);
            message.CreateTime = Timestamp.FromDateTime(created);
            message.UpdateTime = Timestamp.FromDateTime(updated);
            message.SeenBefore = updated > created;
            await row.NextResultAsync(cancellationToken);
        }

        return results;
    }

    private static NpgsqlBatchCommand Upsert(Guid userId, StorePurchase purchase)
    {
        var command = new NpgsqlBatchCommand(UpsertSql);
        command.Parameters.AddText(purchase.TransactionId);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.AddText(purchase.ProductId);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)purchase.Store });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)purchase.Environment });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = purchase.PurchaseTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = purchase.RefundTime ?? DatabaseTime.Epoch });
        command.Parameters.AddJsonb(purchase.RawResponse);
        return command;
    }

    private static ValidatedPurchase Read(NpgsqlDataReader row)
    {
        var (owner, refund, created, updated) = (row.GetGuid(1), row.GetDateTime(6), row.GetDateTime(8), row.GetDateTime(9));
        return new()
        {
            TransactionId = row.GetString(0),
            UserId = owner == Guid.Empty ? "" : owner.ToString(),
            ProductId = row.GetString(2),
            Store = (StoreProvider)row.GetInt16(3),
            Environment = (StoreEnvironment)row.GetInt16(4),
            PurchaseTime = Timestamp.FromDateTime(row.GetDateTime(5)),
            RefundTime = refund == DatabaseTime.Epoch ? null : Timestamp.FromDateTime(refund),
            ProviderResponse = row.GetString(7),
            CreateTime = Timestamp.FromDateTime(created),
            UpdateTime = Timestamp.FromDateTime(updated),
            SeenBefore = updated > created,
        };
    }
}
