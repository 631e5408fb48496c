namespace Nakama.Tests.House;

public sealed class HouseOrder
{
    private static readonly string[] Features =
    [
        "Accounts", "Status", "Notifications", "Storage", "Wallets", "Leaderboards", "Tournaments", "Friends", "Authentication",
        "Chat", "Groups", "Purchases", "Matches", "Matchmaking", "Parties", "Rpc",
    ];

    private static readonly string[] Folders =
    [
        "Errors", "Logging", "Wire", "Collections",
        "Metrics", "Lifecycle", "Database", "Security", "Outbound", "Identity", "Satori", "Scheduling", "Search",
        "Cluster", "Sessions", "Presence", "Streams", "Hooks", "Api", "Realtime",
        .. Features,
        "Runtime", "ConsoleApi", "Transport", "Config", "Hosting",
    ];

    private static readonly FolderOrder Server = new(typeof(Nakama.Server.Hosting.NakamaServer).Assembly, "Nakama.Server", Folders);
    private static readonly FolderOrder MadeUp = new(typeof(HouseOrder).Assembly, "Nakama.Tests.House.Sample", ["Friends", "Runtime"]);

    [Fact]
    public void A_folder_knows_only_folders_before_it() => Assert.Empty(Server.Violations());

    [Fact]
    public void Every_folder_has_its_place() => Assert.Empty(Server.Unknown());

    [Fact]
    public void Transport_knows_no_feature() => Assert.Empty(Server.Violations("Transport", Features));

    [Fact]
    public void A_field_a_call_or_a_mere_type_name_of_a_later_folder_is_noticed() => Assert.Equal(
        ["Friends/FriendCalls.cs knows Runtime", "Friends/FriendNames.cs knows Runtime", "Friends/FriendStore.cs knows Runtime"],
        MadeUp.Violations().Distinct().Order());

    [Fact]
    public void A_folder_without_a_place_is_noticed() =>
        Assert.Equal(["Attic"], MadeUp.Unknown());
}
