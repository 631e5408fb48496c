using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;

namespace Nakama.GameLogic;

/// <summary>The methods of the API for which <see cref="IGameBuilder"/> accepts hooks.</summary>
public static class Requests
{
    public static RequestKind<AddFriendsRequest, Empty> AddFriends { get; } = new("AddFriends");

    public static RequestKind<AddGroupUsersRequest, Empty> AddGroupUsers { get; } = new("AddGroupUsers");

    public static RequestKind<AuthenticateAppleRequest, Session> AuthenticateApple { get; } = new("AuthenticateApple");

    public static RequestKind<AuthenticateCustomRequest, Session> AuthenticateCustom { get; } = new("AuthenticateCustom");

    public static RequestKind<AuthenticateDeviceRequest, Session> AuthenticateDevice { get; } = new("AuthenticateDevice");

    public static RequestKind<AuthenticateEmailRequest, Session> AuthenticateEmail { get; } = new("AuthenticateEmail");

    public static RequestKind<AuthenticateFacebookRequest, Session> AuthenticateFacebook { get; } = new("AuthenticateFacebook");

    public static RequestKind<AuthenticateFacebookInstantGameRequest, Session> AuthenticateFacebookInstantGame { get; } = new("AuthenticateFacebookInstantGame");

    public static RequestKind<AuthenticateGameCenterRequest, Session> AuthenticateGameCenter { get; } = new("AuthenticateGameCenter");

    public static RequestKind<AuthenticateGoogleRequest, Session> AuthenticateGoogle { get; } = new("AuthenticateGoogle");

    public static RequestKind<AuthenticateSteamRequest, Session> AuthenticateSteam { get; } = new("AuthenticateSteam");

    public static RequestKind<BanGroupUsersRequest, Empty> BanGroupUsers { get; } = new("BanGroupUsers");

    public static RequestKind<BlockFriendsRequest, Empty> BlockFriends { get; } = new("BlockFriends");

    public static RequestKind<CreateGroupRequest, Group> CreateGroup { get; } = new("CreateGroup");

    public static RequestKind<Empty, Empty> DeleteAccount { get; } = new("DeleteAccount");

    public static RequestKind<DeleteFriendsRequest, Empty> DeleteFriends { get; } = new("DeleteFriends");

    public static RequestKind<DeleteGroupRequest, Empty> DeleteGroup { get; } = new("DeleteGroup");

    public static RequestKind<DeleteLeaderboardRecordRequest, Empty> DeleteLeaderboardRecord { get; } = new("DeleteLeaderboardRecord");

    public static RequestKind<DeleteNotificationsRequest, Empty> DeleteNotifications { get; } = new("DeleteNotifications");

    public static RequestKind<DeleteStorageObjectsRequest, Empty> DeleteStorageObjects { get; } = new("DeleteStorageObjects");

    public static RequestKind<DeleteTournamentRecordRequest, Empty> DeleteTournamentRecord { get; } = new("DeleteTournamentRecord");

    public static RequestKind<DemoteGroupUsersRequest, Empty> DemoteGroupUsers { get; } = new("DemoteGroupUsers");

    public static RequestKind<Nakama.Protocol.Api.Event, Empty> Event { get; } = new("Event");

    public static RequestKind<Empty, Account> GetAccount { get; } = new("GetAccount");

    public static RequestKind<Empty, MatchmakerStats> GetMatchmakerStats { get; } = new("GetMatchmakerStats");

    public static RequestKind<GetSubscriptionRequest, ValidatedSubscription> GetSubscription { get; } = new("GetSubscription");

    public static RequestKind<GetUsersRequest, Users> GetUsers { get; } = new("GetUsers");

    public static RequestKind<ImportFacebookFriendsRequest, Empty> ImportFacebookFriends { get; } = new("ImportFacebookFriends");

    public static RequestKind<ImportSteamFriendsRequest, Empty> ImportSteamFriends { get; } = new("ImportSteamFriends");

    public static RequestKind<JoinGroupRequest, Empty> JoinGroup { get; } = new("JoinGroup");

    public static RequestKind<JoinTournamentRequest, Empty> JoinTournament { get; } = new("JoinTournament");

    public static RequestKind<KickGroupUsersRequest, Empty> KickGroupUsers { get; } = new("KickGroupUsers");

    public static RequestKind<LeaveGroupRequest, Empty> LeaveGroup { get; } = new("LeaveGroup");

    public static RequestKind<AccountApple, Empty> LinkApple { get; } = new("LinkApple");

    public static RequestKind<AccountCustom, Empty> LinkCustom { get; } = new("LinkCustom");

    public static RequestKind<AccountDevice, Empty> LinkDevice { get; } = new("LinkDevice");

    public static RequestKind<AccountEmail, Empty> LinkEmail { get; } = new("LinkEmail");

    public static RequestKind<LinkFacebookRequest, Empty> LinkFacebook { get; } = new("LinkFacebook");

    public static RequestKind<AccountFacebookInstantGame, Empty> LinkFacebookInstantGame { get; } = new("LinkFacebookInstantGame");

    public static RequestKind<AccountGameCenter, Empty> LinkGameCenter { get; } = new("LinkGameCenter");

    public static RequestKind<AccountGoogle, Empty> LinkGoogle { get; } = new("LinkGoogle");

    public static RequestKind<LinkSteamRequest, Empty> LinkSteam { get; } = new("LinkSteam");

    public static RequestKind<ListChannelMessagesRequest, ChannelMessageList> ListChannelMessages { get; } = new("ListChannelMessages");

    public static RequestKind<ListFriendsRequest, FriendList> ListFriends { get; } = new("ListFriends");

    public static RequestKind<ListFriendsOfFriendsRequest, FriendsOfFriendsList> ListFriendsOfFriends { get; } = new("ListFriendsOfFriends");

    public static RequestKind<ListGroupUsersRequest, GroupUserList> ListGroupUsers { get; } = new("ListGroupUsers");

    public static RequestKind<ListGroupsRequest, GroupList> ListGroups { get; } = new("ListGroups");

    public static RequestKind<ListLeaderboardRecordsRequest, LeaderboardRecordList> ListLeaderboardRecords { get; } = new("ListLeaderboardRecords");

    public static RequestKind<ListLeaderboardRecordsAroundOwnerRequest, LeaderboardRecordList> ListLeaderboardRecordsAroundOwner { get; } = new("ListLeaderboardRecordsAroundOwner");

    public static RequestKind<ListMatchesRequest, MatchList> ListMatches { get; } = new("ListMatches");

    public static RequestKind<ListNotificationsRequest, NotificationList> ListNotifications { get; } = new("ListNotifications");

    public static RequestKind<ListPartiesRequest, PartyList> ListParties { get; } = new("ListParties");

    public static RequestKind<ListStorageObjectsRequest, StorageObjectList> ListStorageObjects { get; } = new("ListStorageObjects");

    public static RequestKind<ListSubscriptionsRequest, SubscriptionList> ListSubscriptions { get; } = new("ListSubscriptions");

    public static RequestKind<ListTournamentRecordsRequest, TournamentRecordList> ListTournamentRecords { get; } = new("ListTournamentRecords");

    public static RequestKind<ListTournamentRecordsAroundOwnerRequest, TournamentRecordList> ListTournamentRecordsAroundOwner { get; } = new("ListTournamentRecordsAroundOwner");

    public static RequestKind<ListTournamentsRequest, TournamentList> ListTournaments { get; } = new("ListTournaments");

    public static RequestKind<ListUserGroupsRequest, UserGroupList> ListUserGroups { get; } = new("ListUserGroups");

    public static RequestKind<PromoteGroupUsersRequest, Empty> PromoteGroupUsers { get; } = new("PromoteGroupUsers");

    public static RequestKind<ReadStorageObjectsRequest, StorageObjects> ReadStorageObjects { get; } = new("ReadStorageObjects");

    public static RequestKind<SessionLogoutRequest, Empty> SessionLogout { get; } = new("SessionLogout");

    public static RequestKind<SessionRefreshRequest, Session> SessionRefresh { get; } = new("SessionRefresh");

    public static RequestKind<AccountApple, Empty> UnlinkApple { get; } = new("UnlinkApple");

    public static RequestKind<AccountCustom, Empty> UnlinkCustom { get; } = new("UnlinkCustom");

    public static RequestKind<AccountDevice, Empty> UnlinkDevice { get; } = new("UnlinkDevice");

    public static RequestKind<AccountEmail, Empty> UnlinkEmail { get; } = new("UnlinkEmail");

    public static RequestKind<AccountFacebook, Empty> UnlinkFacebook { get; } = new("UnlinkFacebook");

    public static RequestKind<AccountFacebookInstantGame, Empty> UnlinkFacebookInstantGame { get; } = new("UnlinkFacebookInstantGame");

    public static RequestKind<AccountGameCenter, Empty> UnlinkGameCenter { get; } = new("UnlinkGameCenter");

    public static RequestKind<AccountGoogle, Empty> UnlinkGoogle { get; } = new("UnlinkGoogle");

    public static RequestKind<AccountSteam, Empty> UnlinkSteam { get; } = new("UnlinkSteam");

    public static RequestKind<UpdateAccountRequest, Empty> UpdateAccount { get; } = new("UpdateAccount");

    public static RequestKind<UpdateGroupRequest, Empty> UpdateGroup { get; } = new("UpdateGroup");

    public static RequestKind<ValidatePurchaseAppleRequest, ValidatePurchaseResponse> ValidatePurchaseApple { get; } = new("ValidatePurchaseApple");

    public static RequestKind<ValidatePurchaseFacebookInstantRequest, ValidatePurchaseResponse> ValidatePurchaseFacebookInstant { get; } = new("ValidatePurchaseFacebookInstant");

    public static RequestKind<ValidatePurchaseGoogleRequest, ValidatePurchaseResponse> ValidatePurchaseGoogle { get; } = new("ValidatePurchaseGoogle");

    public static RequestKind<ValidatePurchaseHuaweiRequest, ValidatePurchaseResponse> ValidatePurchaseHuawei { get; } = new("ValidatePurchaseHuawei");

    public static RequestKind<ValidatePurchaseSamsungRequest, ValidatePurchaseResponse> ValidatePurchaseSamsung { get; } = new("ValidatePurchaseSamsung");

    public static RequestKind<ValidateSubscriptionAppleRequest, ValidateSubscriptionResponse> ValidateSubscriptionApple { get; } = new("ValidateSubscriptionApple");

    public static RequestKind<ValidateSubscriptionGoogleRequest, ValidateSubscriptionResponse> ValidateSubscriptionGoogle { get; } = new("ValidateSubscriptionGoogle");

    public static RequestKind<WriteLeaderboardRecordRequest, LeaderboardRecord> WriteLeaderboardRecord { get; } = new("WriteLeaderboardRecord");

    public static RequestKind<WriteStorageObjectsRequest, StorageObjectAcks> WriteStorageObjects { get; } = new("WriteStorageObjects");

    public static RequestKind<WriteTournamentRecordRequest, LeaderboardRecord> WriteTournamentRecord { get; } = new("WriteTournamentRecord");
}
