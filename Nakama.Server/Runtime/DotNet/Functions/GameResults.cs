using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;
using Nakama.Server.Runtime.Functions;
using AuthenticatedUser = Nakama.GameLogic.Functions.AuthenticatedUser;
using LedgerItem = Nakama.Server.Wallets.WalletLedgerItem;
using Notification = Nakama.Server.Notifications.StoredNotification;
using WalletUpdateResult = Nakama.Server.Wallets.WalletUpdateResult;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>Converts results of functions to the types for C# games.</summary>
internal static class GameResults
{
    /// <summary>The objects that the records of a list show.</summary>
    public static IReadOnlyList<T> List<T>(in ScriptValue value)
    {
        if (value.Kind != ScriptValueKind.List) return [];
        var rows = value.AsList();
        var list = new T[rows.Count];
        for (var i = 0; i < list.Length; i++) list[i] = (T)rows[i].AsRecord().Source!;
        return list;
    }

    public static Page<T> Page<T>(in ScriptValue value)
    {
        var results = value.AsResults();
        return new(List<T>(results[0]), CursorOf(results[1]));
    }

    public static AuthenticatedUser Authenticated(in ScriptValue value)
    {
        var results = value.AsResults();
        return new(results[0].AsId(), results[1].AsText(), results[2].AsFlag());
    }

    public static GeneratedToken Token(in ScriptValue value)
    {
        var results = value.AsResults();
        return new(results[0].AsText(), DateTimeOffset.FromUnixTimeSeconds(results[1].AsWhole()));
    }

    public static ChannelMessagePage Messages(in ScriptValue value)
    {
        var results = value.AsResults();
        return new(List<ChannelMessage>(results[0]), results[1].AsText(), results[2].AsText());
    }

    public static RecordPage Records(in ScriptValue value)
    {
        var results = value.AsResults();
        return new(
            List<LeaderboardRecord>(results[0]), List<LeaderboardRecord>(results[1]), CursorOf(results[2]), CursorOf(results[3]), results[4].AsWhole());
    }

    public static RecordPage Around(in ScriptValue value)
    {
        var results = value.AsResults();
        return new(List<LeaderboardRecord>(results[0]), [], CursorOf(results[1]), CursorOf(results[2]), results[3].AsWhole());
    }

    public static WalletResult Wallet(Guid userId, in ScriptValue value)
    {
        var results = value.AsResults();
        return new(userId, AmountsOf(results[0]), AmountsOf(results[1]));
    }

    public static IReadOnlyList<WalletResult> WalletResults(in ScriptValue value) =>
        [.. List<WalletUpdateResult>(value).Select(static result => new WalletResult(result.UserId, result.Updated, result.Previous))];

    public static WalletLedgerItem Ledger(in ScriptValue value) => Of((LedgerItem)value.AsRecord().Source!);

    public static Page<WalletLedgerItem> LedgerPage(in ScriptValue value)
    {
        var page = Page<LedgerItem>(value);
        return new([.. page.Items.Select(Of)], page.Cursor);
    }

    public static Page<StoredNotification> Notifications(in ScriptValue value)
    {
        var page = Page<Notification>(value);
        return new([.. page.Items.Select(Of)], page.Cursor);
    }

    public static IReadOnlyList<StoredNotification> NotificationList(in ScriptValue value) => [.. List<Notification>(value).Select(Of)];

    public static IReadOnlyList<StreamPresence> StreamPresences(in ScriptValue value) => value.AsList().ConvertAll(static row =>
    {
        var record = row.AsRecord();
        var presence = new GamePresence(Guid.Parse(record["user_id"].AsText()), Guid.Parse(record["session_id"].AsText()), record["node"].AsText());
        return new StreamPresence(presence, MetaOf(record));
    });

    public static PresenceMeta? Meta(in ScriptValue value) => value.IsNull ? null : MetaOf(value.AsRecord());

    public static IReadOnlyList<ValidatedPurchase> Purchases(in ScriptValue value) => List<ValidatedPurchase>(value.AsRecord()["validated_purchases"]);

    public static ValidatedSubscription Subscription(in ScriptValue value) =>
        (ValidatedSubscription)value.AsRecord()["validated_subscription"].AsRecord().Source!;

    public static MultiUpdateResult MultiUpdate(in ScriptValue value)
    {
        var results = value.AsResults();
        return new(List<StorageObjectAck>(results[0]), WalletResults(results[1]));
    }

    private static PresenceMeta MetaOf(ScriptRecord record) =>
        new(record["hidden"].AsFlag(), record["persistence"].AsFlag(), record["username"].AsText(), record["status"].AsText());

    private static WalletLedgerItem Of(LedgerItem item) => new(
        item.Id, item.UserId, item.Changeset, item.Metadata, new DateTimeOffset(item.CreateTime), new DateTimeOffset(item.UpdateTime));

    private static StoredNotification Of(Notification notification) => new(
        notification.Id, notification.UserId, notification.Subject, notification.Content, notification.Code,
        notification.SenderId == Guid.Empty ? null : notification.SenderId, new DateTimeOffset(notification.CreateTime));

    private static IReadOnlyDictionary<string, long> AmountsOf(in ScriptValue value) => (IReadOnlyDictionary<string, long>)value.AsRecord().Source!;

    private static string? CursorOf(in ScriptValue value) => value.IsNull || value.AsText().Length == 0 ? null : value.AsText();
}
