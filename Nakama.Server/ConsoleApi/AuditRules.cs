using System.Collections.Frozen;
using static Nakama.Protocol.Console.AclResources;
using static Nakama.Protocol.Console.AuditLogAction;

namespace Nakama.Server.ConsoleApi;

/// <summary>The methods that are recorded in the audit log. The texts are those that existing logs contain.</summary>
internal static class AuditRules
{
    private static readonly FrozenDictionary<string, AuditRule> ByMethod = new Dictionary<string, AuditRule>
    {
        ["AddUser"] = new(Create, User, "new console user added or updated"),
        ["UpdateUser"] = new(Update, User, "user access-control-list updated"),
        ["ResetUserPassword"] = new(Update, User, "user password was reset"),
        ["RequireUserMfa"] = new(Update, User, "user multi factor authentication set as required"),
        ["ResetUserMfa"] = new(Update, User, "user multi factor authentication was reset"),
        ["DeleteUser"] = new(Delete, User, "console user deleted"),
        ["BanAccount"] = new(Update, Account, "player account banned"),
        ["UnbanAccount"] = new(Update, Account, "player account was unbanned"),
        ["UpdateAccount"] = new(Update, Account, "player account data updated"),
        ["UnlinkApple"] = new(Update, Account, "player account unlinked from Apple"),
        ["UnlinkFacebook"] = new(Update, Account, "player account unlinked from facebook"),
        ["UnlinkFacebookInstantGame"] = new(Update, Account, "player account unlinked from facebook instant game"),
        ["UnlinkGameCenter"] = new(Update, Account, "player account unlinked from apple game center"),
        ["UnlinkGoogle"] = new(Update, Account, "player account unlinked from google"),
        ["UnlinkSteam"] = new(Update, Account, "player account unlinked from steam"),
        ["UnlinkCustom"] = new(Update, Account, "player account custom link removed"),
        ["UnlinkDevice"] = new(Update, Account, "player account device link removed"),
        ["UnlinkEmail"] = new(Update, Account, "player account email link removed"),
        ["DeleteAccount"] = new(Delete, Account, "player account deleted"),
        ["DeleteAccounts"] = new(Delete, AllAccounts, "all player accounts deleted", false),
        ["DeleteAllData"] = new(Delete, AllData, "all server data deleted", false),
        ["AddAccountNote"] = new(Update, AccountNotes, "player account note updated"),
        ["DeleteAccountNote"] = new(Delete, AccountNotes, "player account note deleted"),
        ["DeleteFriend"] = new(Delete, AccountFriends, "player friend removed"),
        ["DeleteWalletLedger"] = new(Delete, AccountWallet, "player wallet ledger entry deleted"),
        ["ExportAccount"] = new(Export, AccountWallet, "account exported"),
        ["ImportAccount"] = new(Update, AccountExport, "account data imported into existing account"),
        ["ImportAccountFull"] = new(Create, AccountExport, "account data imported into new account"),
        ["AddAclTemplate"] = new(Create, AclTemplate, "access-control-list template added"),
        ["UpdateAclTemplate"] = new(Update, AclTemplate, "access-control-list template updated"),
        ["DeleteAclTemplate"] = new(Delete, AclTemplate, "access-control-list template deleted", false),
        ["CallApiEndpoint"] = new(Invoke, ApiExplorer, "api explorer endpoint invoked"),
        ["CallRpcEndpoint"] = new(Invoke, ApiExplorer, "api explorer endpoint invoked"),
        ["DeleteChannelMessages"] = new(Delete, ChannelMessage, "channel message deleted"),
        ["DeleteGroup"] = new(Delete, Group, "group was deleted", false),
        ["AddGroupUsers"] = new(Update, AccountGroups, "group members added"),
        ["DeleteGroupUser"] = new(Delete, AccountGroups, "group member removed"),
        ["DemoteGroupMember"] = new(Update, Group, "group member demoted"),
        ["PromoteGroupMember"] = new(Update, Group, "group member promoted"),
        ["UpdateGroup"] = new(Update, Group, "group data updated"),
        ["ExportGroup"] = new(Export, Group, "group exported"),
        ["DeleteLeaderboard"] = new(Delete, Leaderboard, "leaderboard deleted"),
        ["DeleteLeaderboardRecord"] = new(Delete, LeaderboardRecord, "leaderboard record deleted"),
        ["SendNotification"] = new(Create, Notification, "notification sent"),
        ["DeleteNotification"] = new(Delete, Notification, "persisted notification deleted"),
        ["DeleteStorage"] = new(Delete, AllStorage, "all storage objects deleted"),
        ["DeleteStorageObject"] = new(Delete, StorageData, "storage object deleted"),
        ["WriteStorageObject"] = new(Update, StorageData, "storage object was updated"),
        ["UpdateSetting"] = new(Update, Settings, "console settings updated"),
        ["SendMatchSignal"] = new(Invoke, Match, "match was sent a signal"),
        ["KickMatchSession"] = new(Update, Match, "session removed from match"),
        ["EndMatch"] = new(Delete, Match, "match ended"),
        ["RemoveMatchmakerTicket"] = new(Delete, Match, "matchmaker ticket removed"),
        ["EndParty"] = new(Delete, Match, "party ended"),
        ["DisconnectSession"] = new(Update, Account, "player session disconnected"),
        ["ExportConfig"] = new(Export, Configuration, "configuration exported"),
        ["RunJob"] = new(Invoke, Configuration, "job run requested"),
        ["SatoriSendDirectMessage"] = new(Create, SatoriMessage, "satori message sent"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null for methods that are not audited.</summary>
    public static AuditRule? Of(string method) => ByMethod.GetValueOrDefault(method);
}
