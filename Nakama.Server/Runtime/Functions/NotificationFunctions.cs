using System.Globalization;
using Nakama.Server.Notifications;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Notifications.</summary>
internal sealed class NotificationFunctions(NotificationSender sender, NotificationBroadcast broadcast, NotificationStore store) : IFunctionModule
{
    private const int MaxLimit = 1000;
    private const int DefaultLimit = 100;
    private const string BadUser = "expects user_id to be a valid UUID";
    private const string BadId = "expects each notification id to be a valid UUID";
    private const string BadSubject = "expects subject to be a non-empty string";
    private const string BadCode = "expects code number to be a positive integer";

    private static readonly LanguageText NoSubject = new("expects subject to be supplied", "expects subject to be provided and to be non-empty");
    private static readonly LanguageText SendFailed = "failed to send notifications";

    public string Name => "Notifications";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("notification_send", "Sends a notification to a user, and keeps it when it is persistent.")
            .Id("user_id", new(BadUser, "expects a valid user id"))
            .Text("subject", new(BadSubject, "expects subject to be a non empty string")).Table("content", "expects content to be an object").Whole("code")
            .OptionalId("sender_id", new("expects sender_id to either be not set, empty string or a valid UUID", "expects a valid sender id"))
            .OptionalFlag("persistent", false).NotNull().Does(SendAsync);
        functions.Function("notifications_send", "Sends notifications `{user_id, subject, content, code, sender_id?, persistent?=false}`.")
            .Table("notifications").Does(SendManyAsync);
        functions.Function("notification_send_all", "Sends a notification to every connected session; a persistent one to every user there is.")
            .Text("subject", BadSubject).Table("content", "expects content to be an object").Whole("code").OptionalFlag("persistent", false).Does(SendToAll);
        functions.Function("notifications_list", "A page of what a user has been notified of, oldest first.")
            .Id("user_id", new(BadUser, "expects a valid user id")).OptionalWhole("limit", DefaultLimit).OptionalText("cursor", "")
            .Returns("notifications", "cursor").Does(ListAsync);
        functions.Function("notifications_get_id", "Notifications by their ids, those of one user if one is named; unknown ones are left out.")
            .Table("ids").OptionalId("user_id", BadUser).Returns("notifications").Does(GetAsync);
        functions.Function("notifications_update", "Makes all changes `{id, content?, subject?, sender?}` or none.")
            .Table("updates").Does(UpdateAsync);
        functions.Function("notifications_delete", "Deletes notifications `{user_id, notification_id}`.")
            .Table("notifications").Does(DeleteAsync);
        functions.Function("notifications_delete_id", "Deletes notifications by their ids, those of one user if one is named.")
            .Table("ids").OptionalId("user_id", BadUser).Does(DeleteByIdAsync);
    }

    private ValueTask<ScriptValue> SendAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var content = call.JsonOrNull(2)!;
        var code = call.Whole(3);
        if (!IsPositive(code) && !IsReserved(code)) throw call.Language == ScriptLanguage.JavaScript ? new FunctionException(BadCode) : call.Refuse(3, BadCode);
        return SendAsync([new(call.Id(0), call.Text(1), content, (int)code, call.IdOrNull(4) ?? Guid.Empty, call.Flag(5))], cancellationToken);
    }

    private async ValueTask<ScriptValue> SendManyAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var drafts = call.Rows(0, "expects a valid set of notifications").ConvertAll(row =>
        {
            var code = row.WholeOr("code", 0);
            if (!IsPositive(code) && (call.Language == ScriptLanguage.Lua || !IsReserved(code))) throw call.Refuse(0, "expects code to number above 0");
            return new NotificationRequest(
                row.Id("user_id"), row.Text("subject", NoSubject), row.Json("content"), (int)code, row.IdOrNull("sender_id") ?? Guid.Empty, row.FlagOr("persistent", false));
        });
        return drafts.Count == 0 ? default : await SendAsync(drafts, cancellationToken);
    }

    private ScriptValue SendToAll(FunctionCall call)
    {
        var code = call.Whole(2);
        if (!IsPositive(code)) throw call.Refuse(2, BadCode);
        var draft = new NotificationRequest(Guid.Empty, call.Text(0), call.JsonOrNull(1)!, (int)code, Guid.Empty, call.Flag(3));
        if (!draft.IsPersistent) sender.SendToConnected(draft);
        else if (!broadcast.TrySend(draft)) throw Attempt.Fault(SendFailed, "too many wait already");
        return default;
    }

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        const string Failure = "failed to retrieve notifications";
        if (call.Whole(1) is < 1 or > MaxLimit)
            throw call.Refuse(1, string.Create(CultureInfo.InvariantCulture, $"expects limit to be value between 1 and {MaxLimit}"));
        var after = call.Text(2).Length == 0
            ? NotificationCursor.Start
            : NotificationCursor.Parse(call.Text(2)) ?? throw Attempt.Fault(Failure, "cursor is invalid");
        // JavaScript gets a cursor only when there is a further page.
        var (limit, isPrecise) = ((int)call.Whole(1), call.Language == ScriptLanguage.JavaScript);
        var found = await store.ListAsync(call.Id(0), after, isPrecise ? limit + 1 : limit, cancellationToken).OrFaultAsync(Failure);
        var isLast = found.Count == 0 || (isPrecise && found.Count <= limit);
        if (found.Count > limit) found.RemoveRange(limit, found.Count - limit);
        var cursor = isLast ? null : new NotificationCursor(found[^1].CreateTime, found[^1].Id).ToString();
        return ScriptValue.Results(ScriptValue.Of(found.ConvertAll(Listed)), ScriptValue.Of(cursor));
    }

    private async ValueTask<ScriptValue> GetAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var ids = call.Ids(0, BadId);
        if (ids.Count == 0) return ScriptValue.Of(new List<ScriptValue>());
        var found = await store.GetAsync([.. ids], call.IdOrNull(1), cancellationToken).OrFaultAsync("failed to get notifications by id");
        return ScriptValue.Of(found.ConvertAll(row => call.Language == ScriptLanguage.Lua ? InLua(row) : InOthers(row)));
    }

    private async ValueTask<ScriptValue> UpdateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var changes = call.Rows(0, "expects a valid set of notification updates").ConvertAll(static row =>
            new NotificationChange(row.Id("id"), row.JsonOrNull("content"), row.TextOrNull("subject"), row.IdOrNull("sender")));
        return changes.Count == 0 ? default : await store.UpdateAsync(changes, cancellationToken).OrFaultAsync("failed to update notifications");
    }

    private async ValueTask<ScriptValue> DeleteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var rows = call.Rows(0, "expects a valid set of notifications").ConvertAll(static row => (UserId: row.Id("user_id"), Id: row.Id("notification_id")));
        foreach (var ofUser in rows.GroupBy(static row => row.UserId, static row => row.Id))
            await store.DeleteAsync([.. ofUser], ofUser.Key, cancellationToken).OrFaultAsync("failed to delete notifications");
        return default;
    }

    private async ValueTask<ScriptValue> DeleteByIdAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var ids = call.Ids(0, BadId);
        return ids.Count == 0 ? default : await store.DeleteAsync([.. ids], call.IdOrNull(1), cancellationToken).OrFaultAsync("failed to delete notifications by id");
    }

    private async ValueTask<ScriptValue> SendAsync(List<NotificationRequest> drafts, CancellationToken cancellationToken) =>
        await sender.SendAsync(drafts, cancellationToken) ? default : throw Attempt.Fault(SendFailed, "they could not be stored");

    private static bool IsPositive(long code) => code is > 0 and <= short.MaxValue;

    private static bool IsReserved(long code) => code is >= -2000 and <= -1000;

    private static ScriptValue Listed(StoredNotification notification) => ScriptValue.Of(
        ScriptRecord.Showing(notification, static (source, _) => Show((StoredNotification)source), hasForeignNames: true));

    private static ScriptRecord Show(StoredNotification notification) => new ScriptRecord(7)
        .Add("id", notification.Id.ToString())
        .Add("subject", notification.Subject)
        .Add("content", notification.Content)
        .Add("code", notification.Code)
        .Add("senderId", SenderOf(notification))
        .Add("persistent", true)
        .Add("createTime", Seconds(notification));

    private static ScriptValue InLua(StoredNotification notification) => ScriptValue.Of(new ScriptRecord(7)
        .Add("code", notification.Code)
        .AddJson("content", notification.Content)
        .AddIfSet("sender_id", SenderOf(notification))
        .Add("subject", notification.Subject)
        .Add("user_id", notification.UserId.ToString())
        .Add("create_time", Seconds(notification))
        .Add("persistent", true));

    private static ScriptValue InOthers(StoredNotification notification) =>
        ScriptValue.Of(ScriptRecord.Showing(notification, static (source, _) => ShowInOthers((StoredNotification)source)));

    private static ScriptRecord ShowInOthers(StoredNotification notification) => new ScriptRecord(8)
        .Add("id", notification.Id.ToString())
        .Add("user_id", notification.UserId.ToString())
        .Add("subject", notification.Subject)
        .Add("persistent", true)
        .AddJson("content", notification.Content)
        .Add("code", notification.Code)
        .Add("sender", SenderOf(notification))
        .Add("create_time", Seconds(notification));

    private static string SenderOf(StoredNotification notification) =>
        notification.SenderId == Guid.Empty ? "" : notification.SenderId.ToString();

    private static double Seconds(StoredNotification notification) => new DateTimeOffset(notification.CreateTime).ToUnixTimeSeconds();
}
