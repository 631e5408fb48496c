using Nakama.GameLogic.Functions;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <content>Arguments that are records or lists of records.</content>
internal abstract partial class GameFunctionGroup
{
    protected static ScriptValue Stream(GameStream stream) => Row(
        ("mode", Whole(stream.Mode)), ("subject", IdText(stream.Subject)), ("subcontext", IdText(stream.Subcontext)), ("label", Text(stream.Label)));

    protected static ScriptValue Presence(GamePresence presence) => Row(
        ("user_id", IdText(presence.UserId)), ("session_id", IdText(presence.SessionId)), ("node", TextIfAny(presence.Node)));

    protected static ScriptValue Presences(IReadOnlyCollection<GamePresence>? presences) =>
        presences is null ? default : RowsOf(presences, static presence => Presence(presence));

    protected static ScriptValue Rows(IReadOnlyCollection<StorageKey> keys) => RowsOf(keys, static key => Row(
        ("collection", Text(key.Collection)), ("key", Text(key.Key)), ("user_id", IdText(key.UserId))));

    protected static ScriptValue Rows(IReadOnlyCollection<StorageWrite> writes) => RowsOf(writes, static write => Row(
        ("collection", Text(write.Collection)), ("key", Text(write.Key)), ("user_id", IdText(write.UserId)), ("value", Json(write.Value)),
        ("version", TextIfAny(write.Version)), ("permission_read", Whole((int)write.Read)), ("permission_write", Whole((int)write.Write))));

    protected static ScriptValue Rows(IReadOnlyCollection<StorageDelete> deletes) => RowsOf(deletes, static delete => Row(
        ("collection", Text(delete.Collection)), ("key", Text(delete.Key)), ("user_id", IdText(delete.UserId)), ("version", TextIfAny(delete.Version))));

    protected static ScriptValue Rows(IReadOnlyCollection<WalletChange> changes) => RowsOf(changes, static change => Row(
        ("user_id", IdText(change.UserId)), ("changeset", Changeset(change.Changeset)), ("metadata", Json(change.Metadata))));

    protected static ScriptValue Rows(IReadOnlyCollection<AccountUpdate> updates) => RowsOf(updates, static update => Row(
        ("user_id", IdText(update.UserId)), ("username", Text(update.Change.Username)), ("display_name", Text(update.Change.DisplayName)),
        ("timezone", Text(update.Change.Timezone)), ("location", Text(update.Change.Location)), ("lang_tag", Text(update.Change.LangTag)),
        ("avatar_url", Text(update.Change.AvatarUrl)), ("metadata", Json(update.Change.Metadata))));

    protected static ScriptValue Rows(IReadOnlyCollection<NotificationToSend> notifications) => RowsOf(notifications, static notification => Row(
        ("user_id", IdText(notification.UserId)), ("subject", Text(notification.Subject)), ("content", Json(notification.Content)),
        ("code", Whole(notification.Code)), ("sender_id", IdText(notification.SenderId)), ("persistent", Flag(notification.IsPersistent))));

    protected static ScriptValue Rows(IReadOnlyCollection<NotificationChange> changes) => RowsOf(changes, static change => Row(
        ("id", IdText(change.Id)), ("content", Json(change.Content)), ("subject", Text(change.Subject)), ("sender", IdText(change.SenderId))));

    protected static ScriptValue Rows(IReadOnlyCollection<NotificationKey> keys) => RowsOf(keys, static key => Row(
        ("user_id", IdText(key.UserId)), ("notification_id", IdText(key.NotificationId))));

    protected static ScriptValue Row(SatoriPropertiesChange change) => Row(
        ("default", Map(change.Default)), ("custom", Map(change.Custom)), ("recompute", Flag(change.Recompute)));

    protected static ScriptValue Rows(IReadOnlyCollection<SatoriEvent> events) => RowsOf(events, static happened => Row(FieldsOf(happened)));

    protected static ScriptValue Rows(IReadOnlyCollection<SatoriServerEvent> events) => RowsOf(events, static happened => Row(
    [
        .. FieldsOf(happened), ("identity_id", Text(happened.IdentityId)), ("session_id", Text(happened.SessionId)),
        ("session_issued_at", Instant(happened.SessionIssuedAt)), ("session_expires_at", Instant(happened.SessionExpiresAt)),
    ]));

    private static (string, ScriptValue)[] FieldsOf(SatoriEvent happened) =>
    [
        ("name", Text(happened.Name)), ("id", Text(happened.Id)), ("value", Text(happened.Value)), ("metadata", Map(happened.Metadata)),
        ("timestamp", Instant(happened.Timestamp)),
    ];

    private static ScriptValue RowsOf<T>(IReadOnlyCollection<T> rows, Func<T, ScriptValue> convert)
    {
        var items = new List<ScriptValue>(rows.Count);
        foreach (var row in rows) items.Add(convert(row));
        return ScriptValue.Of(new GameList(items));
    }

    private static ScriptValue Row(params (string Name, ScriptValue Value)[] fields) => ScriptValue.Of(new GameFields(fields));

    private static ScriptValue TextIfAny(string? text) => string.IsNullOrEmpty(text) ? default : ScriptValue.Of(text);

    private static ScriptValue IdText(Guid? id) => id is { } given && given != Guid.Empty ? ScriptValue.Of(given.ToString()) : default;
}
