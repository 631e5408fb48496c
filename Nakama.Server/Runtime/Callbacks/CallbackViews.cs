using Nakama.Server.Matchmaking;
using Nakama.Server.Purchases.Notifications;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Storage;
using Nakama.Server.Wire.Api;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>Objects of the server as languages without types see them in the arguments of callbacks.</summary>
internal static class CallbackViews
{
    public static HostValue OfTournamentEnd(object tournament, ScriptLanguage language) =>
        HostValue.Of(BoardRecords.OfTurn((Tournament)tournament, isEnd: true, language));

    public static HostValue OfTournamentReset(object tournament, ScriptLanguage language) =>
        HostValue.Of(BoardRecords.OfTurn((Tournament)tournament, isEnd: false, language));

    public static HostValue OfLeaderboard(object leaderboard, ScriptLanguage language) =>
        HostValue.Of(BoardRecords.OfReset((Leaderboard)leaderboard, language));

    public static HostValue OfPurchase(object purchase, ScriptLanguage language) => StoreRecords.Of((ValidatedPurchase)purchase);

    public static HostValue OfSubscription(object subscription, ScriptLanguage language) => StoreRecords.Of((ValidatedSubscription)subscription);

    /// <summary>In the words of the stores' notifications.</summary>
    public static HostValue OfNotificationType(object type, ScriptLanguage language) => HostValue.Of((StoreNotificationType)type switch
    {
        StoreNotificationType.Subscribed => "SUBSCRIBED",
        StoreNotificationType.Renewed => "RENEWED",
        StoreNotificationType.Expired => "EXPIRED",
        StoreNotificationType.Cancelled => "CANCELLED",
        _ => "REFUNDED",
    });

    public static HostValue OfStorageWrite(object value, ScriptLanguage language)
    {
        var write = (StorageWrite)value;
        return HostValue.Of(new HostRecord(7)
            .Add("key", write.Id.Key)
            .Add("collection", write.Id.Collection)
            .Add("user_id", write.Id.OwnerId.ToString())
            .Add("version", write.Version)
            .Add("permission_read", OfPermission(write.Read, language))
            .Add("permission_write", OfPermission(write.Write, language))
            .AddJson("value", write.Value));
    }

    /// <summary>JavaScript modules have always got it wrapped.</summary>
    private static HostValue OfPermission(short permission, ScriptLanguage language) => language == ScriptLanguage.JavaScript
        ? HostValue.Of(new HostRecord(1) { HasForeignNames = true }.Add("Value", permission))
        : HostValue.Of((double)permission);

    public static HostValue OfEntries(object entries, ScriptLanguage language) =>
        HostValue.Of(((IReadOnlyList<MatchmakerEntry>)entries).Select(OfEntry).ToList());

    private static HostValue OfEntry(MatchmakerEntry entry)
    {
        var properties = new HostRecord(entry.StringProperties.Count + entry.NumericProperties.Count) { HasForeignNames = true };
        foreach (var (name, text) in entry.StringProperties) properties.Add(name, text);
        foreach (var (name, number) in entry.NumericProperties) properties.Add(name, number);
        return HostValue.Of(new HostRecord(3)
            .Add("presence", new HostRecord(4)
                .Add("user_id", HostValue.Of(entry.Presence.UserId))
                .Add("session_id", HostValue.Of(entry.Presence.SessionId))
                .Add("username", entry.Presence.Username)
                .Add("node", entry.Presence.Node))
            .Add("properties", properties)
            .AddIfSet("party_id", entry.PartyId));
    }
}
