using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Purchases;

/// <summary>The subscriptions that stores have confirmed, each for its first owner and in its last reported state.</summary>
public sealed class SubscriptionStore
{
    private const string Columns = """
        original_transaction_id, user_id, product_id, store, environment, purchase_time, expire_time, refund_time,
        raw_response, raw_notification, create_time, update_time
        """;

    private const string UpsertSql = $"""
        INSERT INTO subscription
            (original_transaction_id, user_id, product_id, store, environment, purchase_time, expire_time, refund_time,
            raw_response, raw_notification, create_time, update_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, COALESCE($9::jsonb, {Nothing}::jsonb), COALESCE($10::jsonb, {Nothing}::jsonb), now(), now())
        ON CONFLICT (original_transaction_id) DO UPDATE SET
            product_id = excluded.product_id,
            expire_time = excluded.expire_time,
            refund_time = CASE WHEN excluded.refund_time = '1970-01-01 00:00:00 UTC' THEN subscription.refund_time ELSE excluded.refund_time END,
            raw_response = COALESCE($9::jsonb, subscription.raw_response),
            raw_notification = COALESCE($10::jsonb, subscription.raw_notification),
            update_time = now()
        RETURNING {Columns}
        """;

    /// <summary>For compatibility the columns hold JSON in a JSON string; the empty value is an empty object in quotes.</summary>
    private const string Nothing = "'\"{}\"'";

    private const string RefundSql = $"""
        UPDATE subscription SET refund_time = $2, raw_notification = $3, update_time = now()
        WHERE original_transaction_id = $1 RETURNING {Columns}
        """;

    private const string FindSql = $"SELECT {Columns} FROM subscription WHERE original_transaction_id = $1";

    private const string FindByProductSql = $"""
        SELECT {Columns} FROM subscription WHERE user_id = $1 AND product_id = $2 ORDER BY expire_time DESC LIMIT 1
        """;

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly PurchaseRows<ValidatedSubscription> _rows;

    public SubscriptionStore(NpgsqlDataSource database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _rows = new(
            database, "subscription", "original_transaction_id", Columns, Read,
            static subscription => (subscription.OriginalTransactionId, subscription.PurchaseTime.ToDateTime()),
            static () => PurchaseErrors.SubscriptionsCursor);
    }

    /// <summary>A subscription by its id; null when there is none. The owner is empty when the account is deleted.</summary>
    public ValueTask<ValidatedSubscription?> FindAsync(string originalTransactionId, CancellationToken cancellationToken) =>
        _rows.OneAsync(FindSql, parameters => parameters.AddText(originalTransactionId), cancellationToken);

    /// <summary>A user's subscription to a product, of several the one with the latest expiry; null when there is none.</summary>
    public ValueTask<ValidatedSubscription?> FindByProductAsync(Guid userId, string productId, CancellationToken cancellationToken) =>
        _rows.OneAsync(
            FindByProductSql,
            parameters =>
            {
                parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
                parameters.AddText(productId);
            },
            cancellationToken);

    /// <summary>A page of subscriptions, the most recently bought first.</summary>
    /// <exception cref="Errors.ApiException">The cursor is invalid, or belongs to another list.</exception>
    public async ValueTask<SubscriptionList> ListAsync(PurchaseQuery query, CancellationToken cancellationToken)
    {
        var (subscriptions, next, previous) = await _rows.ListAsync(query, cancellationToken);
        return new SubscriptionList { ValidatedSubscriptions = { subscriptions }, Cursor = next, PrevCursor = previous };
    }

    /// <summary>Inserts or updates subscriptions, keeping owner, store and purchase time. Results are in the given order.</summary>
    internal ValueTask<IReadOnlyList<ValidatedSubscription>> UpsertAsync(
        Guid userId, IReadOnlyList<StoreSubscription> subscriptions, CancellationToken cancellationToken) =>
        _database.InTransactionAsync(
            async (connection, token) =>
            {
                var results = new ValidatedSubscription[subscriptions.Count];
                // Sorted, so that concurrent requests lock rows in the same order and cannot deadlock.
                foreach (var i in Enumerable.Range(0, subscriptions.Count).OrderBy(i => subscriptions[i].OriginalTransactionId, StringComparer.Ordinal))
                    results[i] = await UpsertAsync(connection, userId, subscriptions[i], token);
                return (IReadOnlyList<ValidatedSubscription>)results;
            },
            cancellationToken);

    /// <summary>Records a refund; null when there is no such subscription.</summary>
    internal ValueTask<ValidatedSubscription?> RefundAsync(
        string originalTransactionId, DateTime refundTime, string notification, CancellationToken cancellationToken) =>
        _rows.OneAsync(
            RefundSql,
            parameters =>
            {
                parameters.AddText(originalTransactionId);
                parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = refundTime });
                parameters.Add(Quoted(notification));
            },
            cancellationToken);

    /// <summary>The message that a client gets for a subscription that is not stored.</summary>
    internal ValidatedSubscription Message(Guid userId, StoreSubscription subscription) => new()
    {
        UserId = userId.ToString(),
        ProductId = subscription.ProductId,
        OriginalTransactionId = subscription.OriginalTransactionId,
        Store = subscription.Store,
        PurchaseTime = Timestamp.FromDateTime(subscription.PurchaseTime),
        Environment = subscription.Environment,
        ExpiryTime = Timestamp.FromDateTime(subscription.ExpiryTime),
        RefundTime = subscription.RefundTime is { } refund ? Timestamp.FromDateTime(refund) : null,
        ProviderResponse = subscription.RawResponse ?? "",
        Active = IsActive(subscription.ExpiryTime, subscription.RefundTime),
    };

    private async ValueTask<ValidatedSubscription> UpsertAsync(
        NpgsqlConnection connection, Guid userId, StoreSubscription subscription, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(UpsertSql, connection);
        command.Parameters.AddText(subscription.OriginalTransactionId);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.AddText(subscription.ProductId);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)subscription.Store });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)subscription.Environment });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = subscription.PurchaseTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = subscription.ExpiryTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = subscription.RefundTime ?? DatabaseTime.Epoch });
        command.Parameters.Add(Quoted(subscription.RawResponse));
        command.Parameters.Add(Quoted(subscription.RawNotification));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return Read(row);
    }

    private static NpgsqlParameter<string?> Quoted(string? json) =>
        TextParameters.Jsonb(json is null ? null : JsonSerializer.Serialize(json));

    private bool IsActive(DateTime expiry, DateTime? refund) => refund is null && expiry > _time.GetUtcNow().UtcDateTime;

    private ValidatedSubscription Read(NpgsqlDataReader row)
    {
        var (owner, expiry) = (row.GetGuid(1), row.GetDateTime(6));
        DateTime? refund = row.GetDateTime(7) is var refunded && refunded == DatabaseTime.Epoch ? null : refunded;
        return new()
        {
            OriginalTransactionId = row.GetString(0),
            UserId = owner == Guid.Empty ? "" : owner.ToString(),
            ProductId = row.GetString(2),
            Store = (StoreProvider)row.GetInt16(3),
            Environment = (StoreEnvironment)row.GetInt16(4),
            PurchaseTime = Timestamp.FromDateTime(row.GetDateTime(5)),
            ExpiryTime = Timestamp.FromDateTime(expiry),
            RefundTime = refund is { } time ? Timestamp.FromDateTime(time) : null,
            ProviderResponse = row.GetString(8),
            ProviderNotification = row.GetString(9),
            CreateTime = Timestamp.FromDateTime(row.GetDateTime(10)),
            UpdateTime = Timestamp.FromDateTime(row.GetDateTime(11)),
            Active = IsActive(expiry, refund),
        };
    }
}
