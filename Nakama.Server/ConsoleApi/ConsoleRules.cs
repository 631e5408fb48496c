using System.Collections.Frozen;
using Nakama.Protocol.Console;
using static Nakama.Server.ConsoleApi.ConsoleRule;

namespace Nakama.Server.ConsoleApi;

/// <summary>The access rules of all methods. Methods that are not listed are for full administrators only.</summary>
public static class ConsoleRules
{
    private static readonly FrozenDictionary<string, ConsoleRule> ByMethod = new Dictionary<string, ConsoleRule>
    {
        ["Authenticate"] = Open,
        ["AuthenticateLogout"] = Open,
        ["AuthenticateMFASetup"] = Open,
        ["AuthenticatePasswordChange"] = Open,
        ["AuthenticateOidc"] = Open,
        ["AuthenticateOidcCode"] = Open,

        ["GetStatus"] = Any,
        ["GetConfig"] = Read(AclResources.Configuration),
        ["GetRuntime"] = Read(AclResources.Configuration),
        ["ListSettings"] = Any,
        ["GetSetting"] = Read(AclResources.Settings),
        ["UpdateSetting"] = Write(AclResources.Settings),
        ["RegisteredExtensions"] = Any,
        ["DeleteAllData"] = Delete(AclResources.AllData),

        ["ListAccounts"] = Read(AclResources.Account),
        ["GetAccount"] = Read(AclResources.Account),
        ["UpdateAccount"] = Write(AclResources.Account),
        ["BanAccount"] = Write(AclResources.Account),
        ["UnbanAccount"] = Write(AclResources.Account),
        ["DeleteAccount"] = Delete(AclResources.Account),
        ["DeleteAccounts"] = Delete(AclResources.AllAccounts),
        ["GetFriends"] = Read(AclResources.AccountFriends),
        ["DeleteFriend"] = Delete(AclResources.AccountFriends),
        ["GetGroups"] = Read(AclResources.AccountGroups),
        ["DeleteGroupUser"] = Delete(AclResources.Group),
        ["GetWalletLedger"] = Read(AclResources.AccountWallet),
        ["DeleteWalletLedger"] = Delete(AclResources.AccountWallet),
        ["AddAccountNote"] = Write(AclResources.AccountNotes),
        ["ListAccountNotes"] = Read(AclResources.AccountNotes),
        ["DeleteAccountNote"] = Delete(AclResources.AccountNotes),
        ["ExportAccount"] = Read(AclResources.AccountExport),
        ["ImportAccount"] = Write(AclResources.AccountExport),
        ["ImportAccountFull"] = Write(AclResources.AccountExport),
        ["UnlinkApple"] = Write(AclResources.Account),
        ["UnlinkCustom"] = Write(AclResources.Account),
        ["UnlinkDevice"] = Write(AclResources.Account),
        ["UnlinkEmail"] = Write(AclResources.Account),
        ["UnlinkFacebook"] = Write(AclResources.Account),
        ["UnlinkFacebookInstantGame"] = Write(AclResources.Account),
        ["UnlinkGameCenter"] = Write(AclResources.Account),
        ["UnlinkGoogle"] = Write(AclResources.Account),
        ["UnlinkSteam"] = Write(AclResources.Account),

        ["ListGroups"] = Read(AclResources.Group),
        ["GetGroup"] = Read(AclResources.Group),
        ["GetMembers"] = Read(AclResources.Group),
        ["UpdateGroup"] = Write(AclResources.Group),
        ["AddGroupUsers"] = Write(AclResources.AccountGroups),
        ["PromoteGroupMember"] = Write(AclResources.Group),
        ["DemoteGroupMember"] = Write(AclResources.Group),
        ["ExportGroup"] = Read(AclResources.Group),
        ["DeleteGroup"] = Delete(AclResources.Group),

        ["ListStorageCollections"] = Read(AclResources.StorageData),
        ["ListStorage"] = Read(AclResources.StorageData),
        ["GetStorage"] = Read(AclResources.StorageData),
        ["WriteStorageObject"] = Write(AclResources.StorageData),
        ["DeleteStorageObject"] = Delete(AclResources.StorageData),
        ["DeleteStorage"] = Delete(AclResources.AllStorage),

        ["ListLeaderboards"] = Read(AclResources.Leaderboard),
        ["GetLeaderboard"] = Read(AclResources.Leaderboard),
        ["DeleteLeaderboard"] = Delete(AclResources.Leaderboard),
        ["ListLeaderboardRecords"] = Read(AclResources.LeaderboardRecord),
        ["DeleteLeaderboardRecord"] = Delete(AclResources.LeaderboardRecord),
        ["ListMatches"] = Read(AclResources.Match),
        ["GetMatchState"] = Read(AclResources.Match),

        ["ListChannelMessages"] = Read(AclResources.ChannelMessage),
        ["DeleteChannelMessages"] = Delete(AclResources.ChannelMessage),
        ["ListNotifications"] = Read(AclResources.Notification),
        ["GetNotification"] = Read(AclResources.Notification),
        ["SendNotification"] = Write(AclResources.Notification),
        ["DeleteNotification"] = Delete(AclResources.Notification),
        ["ListPurchases"] = Read(AclResources.InAppPurchase),
        ["ListSubscriptions"] = Read(AclResources.InAppPurchase),
        ["GetPurchase"] = Read(AclResources.InAppPurchase),
        ["GetSubscription"] = Read(AclResources.InAppPurchase),

        ["ListApiEndpoints"] = Read(AclResources.ApiExplorer),
        ["CallApiEndpoint"] = Write(AclResources.ApiExplorer),
        ["CallRpcEndpoint"] = Write(AclResources.ApiExplorer),

        ["ListUsers"] = Read(AclResources.User),
        ["GetUser"] = Any,
        ["AddUser"] = Write(AclResources.Account),
        ["UpdateUser"] = Write(AclResources.User),
        ["DeleteUser"] = Delete(AclResources.User),
        ["ResetUserPassword"] = Write(AclResources.User),
        ["RequireUserMfa"] = Write(AclResources.User),
        ["ResetUserMfa"] = Write(AclResources.User),
        ["ListAclTemplates"] = Any,
        ["AddAclTemplate"] = Write(AclResources.AclTemplate),
        ["UpdateAclTemplate"] = Write(AclResources.AclTemplate),
        ["DeleteAclTemplate"] = Delete(AclResources.AclTemplate),
        ["ListAuditLogs"] = Read(AclResources.AuditLog),
        ["ListAuditLogsUsers"] = Any,

        ["ListLiveMatches"] = Read(AclResources.Match),
        ["InspectMatch"] = Read(AclResources.Match),
        ["SendMatchSignal"] = Write(AclResources.Match),
        ["KickMatchSession"] = Write(AclResources.Match),
        ["EndMatch"] = Delete(AclResources.Match),
        ["ListMatchmakerTickets"] = Read(AclResources.Match),
        ["ExplainMatchmakerTicket"] = Read(AclResources.Match),
        ["TryMatchmakerQuery"] = Read(AclResources.Match),
        ["RemoveMatchmakerTicket"] = Delete(AclResources.Match),
        ["ListLiveParties"] = Read(AclResources.Match),
        ["InspectParty"] = Read(AclResources.Match),
        ["EndParty"] = Delete(AclResources.Match),
        ["ListLiveStreams"] = Read(AclResources.Match),
        ["ListStreamPresences"] = Read(AclResources.Match),
        ["ListLiveSessions"] = Read(AclResources.Account),
        ["DisconnectSession"] = Write(AclResources.Account),
        ["ListLogLines"] = Read(AclResources.Configuration),
        ["ListLiveEvents"] = Read(AclResources.Configuration),
        ["GetLiveRuntime"] = Read(AclResources.Configuration),
        ["ListLiveJobs"] = Read(AclResources.Configuration),
        ["ListSettingSources"] = Read(AclResources.Configuration),
        // With secrets the method asks for all rights itself.
        ["ExportConfig"] = Read(AclResources.Configuration),
        ["RunJob"] = Write(AclResources.Configuration),
        // Only hits of kinds that the operator may read are returned.
        ["Search"] = Any,
        // Only entries of kinds that the operator may read are returned, and a revert needs the rights of the change.
        ["ListHistory"] = Any,
        ["GetHistoryEntry"] = Any,
        ["RevertChange"] = Any,

        ["SatoriListTemplates"] = Read(AclResources.SatoriMessage),
        ["SatoriSendDirectMessage"] = Write(AclResources.SatoriMessage),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All methods that have a rule.</summary>
    public static IEnumerable<string> Named => ByMethod.Keys;

    public static ConsoleRule Of(string method) => ByMethod.GetValueOrDefault(method, Admin);
}
