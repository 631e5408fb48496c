namespace Nakama.Tests.ConsoleApi;

/// <summary>Which right each method of the console's contract asks for, as operators were promised it.</summary>
internal static class MethodRights
{
    public const string Open = "open";
    public const string Any = "any";

    /// <summary>By method: one of the two above, or the letter of a right, a colon and a resource.</summary>
    public static IReadOnlyDictionary<string, string> ByMethod { get; } = new Dictionary<string, string>
    {
        [Open] = "Authenticate AuthenticateLogout AuthenticateMFASetup AuthenticateOidc AuthenticateOidcCode AuthenticatePasswordChange",
        [Any] = "GetHistoryEntry GetStatus GetUser ListAclTemplates ListAuditLogsUsers ListHistory ListSettings RegisteredExtensions RevertChange Search",
        ["r:ACCOUNT"] = "GetAccount ListAccounts ListLiveSessions",
        ["w:ACCOUNT"] = """
            AddUser BanAccount DisconnectSession UnbanAccount UpdateAccount UnlinkApple UnlinkCustom UnlinkDevice UnlinkEmail UnlinkFacebook
            UnlinkFacebookInstantGame UnlinkGameCenter UnlinkGoogle UnlinkSteam
            """,
        ["d:ACCOUNT"] = "DeleteAccount",
        ["r:ACCOUNT_WALLET"] = "GetWalletLedger",
        ["d:ACCOUNT_WALLET"] = "DeleteWalletLedger",
        ["r:ACCOUNT_EXPORT"] = "ExportAccount",
        ["w:ACCOUNT_EXPORT"] = "ImportAccount ImportAccountFull",
        ["r:ACCOUNT_FRIENDS"] = "GetFriends",
        ["d:ACCOUNT_FRIENDS"] = "DeleteFriend",
        ["r:ACCOUNT_GROUPS"] = "GetGroups",
        ["w:ACCOUNT_GROUPS"] = "AddGroupUsers",
        ["r:ACCOUNT_NOTES"] = "ListAccountNotes",
        ["w:ACCOUNT_NOTES"] = "AddAccountNote",
        ["d:ACCOUNT_NOTES"] = "DeleteAccountNote",
        ["w:ACL_TEMPLATE"] = "AddAclTemplate UpdateAclTemplate",
        ["d:ACL_TEMPLATE"] = "DeleteAclTemplate",
        ["d:ALL_ACCOUNTS"] = "DeleteAccounts",
        ["d:ALL_DATA"] = "DeleteAllData",
        ["d:ALL_STORAGE"] = "DeleteStorage",
        ["r:API_EXPLORER"] = "ListApiEndpoints",
        ["w:API_EXPLORER"] = "CallApiEndpoint CallRpcEndpoint",
        ["r:AUDIT_LOG"] = "ListAuditLogs",
        ["r:CONFIGURATION"] = "ExportConfig GetConfig GetLiveRuntime GetRuntime ListLiveEvents ListLiveJobs ListLogLines ListSettingSources",
        ["w:CONFIGURATION"] = "RunJob",
        ["r:CHANNEL_MESSAGE"] = "ListChannelMessages",
        ["d:CHANNEL_MESSAGE"] = "DeleteChannelMessages",
        ["r:USER"] = "ListUsers",
        ["w:USER"] = "RequireUserMfa ResetUserMfa ResetUserPassword UpdateUser",
        ["d:USER"] = "DeleteUser",
        ["r:GROUP"] = "ExportGroup GetGroup GetMembers ListGroups",
        ["w:GROUP"] = "DemoteGroupMember PromoteGroupMember UpdateGroup",
        ["d:GROUP"] = "DeleteGroup DeleteGroupUser",
        ["r:IN_APP_PURCHASE"] = "GetPurchase GetSubscription ListPurchases ListSubscriptions",
        ["r:LEADERBOARD"] = "GetLeaderboard ListLeaderboards",
        ["d:LEADERBOARD"] = "DeleteLeaderboard",
        ["r:LEADERBOARD_RECORD"] = "ListLeaderboardRecords",
        ["d:LEADERBOARD_RECORD"] = "DeleteLeaderboardRecord",
        ["r:MATCH"] = """
            ExplainMatchmakerTicket GetMatchState InspectMatch InspectParty ListLiveMatches ListLiveParties ListLiveStreams ListMatches
            ListMatchmakerTickets ListStreamPresences TryMatchmakerQuery
            """,
        ["w:MATCH"] = "KickMatchSession SendMatchSignal",
        ["d:MATCH"] = "EndMatch EndParty RemoveMatchmakerTicket",
        ["r:NOTIFICATION"] = "GetNotification ListNotifications",
        ["w:NOTIFICATION"] = "SendNotification",
        ["d:NOTIFICATION"] = "DeleteNotification",
        ["r:SATORI_MESSAGE"] = "SatoriListTemplates",
        ["w:SATORI_MESSAGE"] = "SatoriSendDirectMessage",
        ["r:SETTINGS"] = "GetSetting",
        ["w:SETTINGS"] = "UpdateSetting",
        ["r:STORAGE_DATA"] = "GetStorage ListStorage ListStorageCollections",
        ["w:STORAGE_DATA"] = "WriteStorageObject",
        ["d:STORAGE_DATA"] = "DeleteStorageObject",
    }.SelectMany(rule => rule.Value.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(method => (method, rule.Key)))
        .ToDictionary(pair => pair.method, pair => pair.Key);
}
