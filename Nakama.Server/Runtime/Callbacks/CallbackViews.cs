using Microsoft.Extensions.Primitives;
using Nakama.Protocol.Api;
using Nakama.Server.Matchmaking;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.Http;
using Nakama.Server.Runtime.Jobs;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>Converts server objects to the form in which dynamically typed languages get them as callback arguments.</summary>
internal static class CallbackViews
{
    public static ScriptValue OfTournamentEnd(object tournament, ScriptLanguage language) =>
        ScriptValue.Of(BoardRecords.OfTurn((Tournament)tournament, isEnd: true, language));

    public static ScriptValue OfTournamentReset(object tournament, ScriptLanguage language) =>
        ScriptValue.Of(BoardRecords.OfTurn((Tournament)tournament, isEnd: false, language));

    public static ScriptValue OfLeaderboard(object leaderboard, ScriptLanguage language) =>
        ScriptValue.Of(BoardRecords.OfReset((Leaderboard)leaderboard, language));

    public static ScriptValue OfPurchase(object purchase, ScriptLanguage language) => StoreRecords.Of((ValidatedPurchase)purchase);

    public static ScriptValue OfSubscription(object subscription, ScriptLanguage language) => StoreRecords.Of((ValidatedSubscription)subscription);

    /// <summary>The names that the store notifications use.</summary>
    public static ScriptValue OfNotificationType(object type, ScriptLanguage language) => ScriptValue.Of((StoreNotificationType)type switch
    {
        StoreNotificationType.Subscribed => "SUBSCRIBED",
        StoreNotificationType.Renewed => "RENEWED",
        StoreNotificationType.Expired => "EXPIRED",
        StoreNotificationType.Cancelled => "CANCELLED",
        _ => "REFUNDED",
    });

    public static ScriptValue OfStorageWrite(object value, ScriptLanguage language)
    {
        var write = (StorageWrite)value;
        return ScriptValue.Of(new ScriptRecord(7)
            .Add("key", write.Id.Key)
            .Add("collection", write.Id.Collection)
            .Add("user_id", write.Id.OwnerId.ToString())
            .Add("version", write.Version)
            .Add("permission_read", OfPermission(write.Read, language))
            .Add("permission_write", OfPermission(write.Write, language))
            .AddJson("value", write.Value));
    }

    /// <summary>For compatibility, JavaScript modules get it wrapped in an object.</summary>
    private static ScriptValue OfPermission(short permission, ScriptLanguage language) => language == ScriptLanguage.JavaScript
        ? ScriptValue.Of(new ScriptRecord(1) { HasForeignNames = true }.Add("Value", permission))
        : ScriptValue.Of((double)permission);

    public static ScriptValue OfEntries(object entries, ScriptLanguage language) =>
        ScriptValue.Of(((IReadOnlyList<MatchmakerEntry>)entries).Select(OfEntry).ToList());

    /// <summary>The players that wait, with what a module needs to make matches of them.</summary>
    public static ScriptValue OfCandidate(object entries, ScriptLanguage language) =>
        ScriptValue.Of(((IReadOnlyList<MatchmakerEntry>)entries).Select(OfCandidate).ToList());

    public static ScriptValue OfCandidates(object candidates, ScriptLanguage language) =>
        ScriptValue.Of(((IReadOnlyList<IReadOnlyList<MatchmakerEntry>>)candidates).Select(match => OfCandidate(match, language)).ToList());

    public static ScriptValue OfHttpRequest(object value, ScriptLanguage language)
    {
        var request = (HttpHandlerRequest)value;
        return ScriptValue.Of(new ScriptRecord(6)
            .Add("method", request.Method)
            .Add("path", request.Path)
            .Add("path_params", ScriptValue.Of(request.PathParameters))
            .Add("query_params", OfLists(request.Query))
            .Add("headers", OfLists(request.Headers))
            .Add("body", ScriptValue.Of(request.Body)));
    }

    public static ScriptValue OfJob(object value, ScriptLanguage language)
    {
        var run = (JobRun)value;
        return ScriptValue.Of(new ScriptRecord(5)
            .Add("name", run.Name)
            .Add("schedule", run.Schedule)
            .Add("due_time", run.DueSec)
            .Add("is_requested", run.IsRequested)
            .Add("attempt", run.Attempt));
    }

    private static ScriptRecord OfLists(IReadOnlyDictionary<string, StringValues> lists)
    {
        var record = new ScriptRecord(lists.Count) { HasForeignNames = true };
        foreach (var (name, values) in lists) record.Add(name, ScriptValue.Of(values.Select(static value => ScriptValue.Of(value ?? "")).ToList()));
        return record;
    }

    private static ScriptValue OfCandidate(MatchmakerEntry entry) => ScriptValue.Of(RecordOf(entry)
        .Add("ticket", entry.Ticket)
        .Add("create_time", entry.CreatedAt.ToUnixTimeSeconds())
        .Add("min_count", entry.MinCount)
        .Add("max_count", entry.MaxCount));

    private static ScriptValue OfEntry(MatchmakerEntry entry) => ScriptValue.Of(RecordOf(entry));

    private static ScriptRecord RecordOf(MatchmakerEntry entry)
    {
        var properties = new ScriptRecord(entry.StringProperties.Count + entry.NumericProperties.Count) { HasForeignNames = true };
        foreach (var (name, text) in entry.StringProperties) properties.Add(name, text);
        foreach (var (name, number) in entry.NumericProperties) properties.Add(name, number);
        return new ScriptRecord(8)
            .Add("presence", new ScriptRecord(4)
                .Add("user_id", ScriptValue.Of(entry.Presence.UserId))
                .Add("session_id", ScriptValue.Of(entry.Presence.SessionId))
                .Add("username", entry.Presence.Username)
                .Add("node", entry.Presence.Node))
            .Add("properties", properties)
            .AddIfSet("party_id", entry.PartyId);
    }
}
