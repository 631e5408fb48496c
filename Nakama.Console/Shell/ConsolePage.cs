using MudBlazor;
using Nakama.Console.Access;
using Nakama.Protocol.Console;

namespace Nakama.Console.Shell;

/// <summary>A page that the navigation and the command palette offer.</summary>
/// <param name="Title">The title for operators.</param>
/// <param name="Path">The URL, relative to that of the console.</param>
/// <param name="Icon">The icon as SVG.</param>
/// <param name="Needs">The resource that the operator must be able to read; null when every operator may open it.</param>
/// <param name="Section">The heading under which the navigation shows it; empty for none.</param>
/// <param name="Right">The right on the resource.</param>
public sealed record ConsolePage(string Title, string Path, string Icon, AclResources? Needs, string Section = "", Right Right = Right.Read)
{
    /// <summary>The URL of the first page.</summary>
    public const string Dashboard = "./";

    /// <summary>Rights that open it too, each by itself.</summary>
    private IReadOnlyList<(AclResources Resource, Right Right)> Others { get; init; } = [];

    /// <summary>All pages, in the order of the navigation.</summary>
    public static readonly IReadOnlyList<ConsolePage> All =
    [
        new("Dashboard", Dashboard, Icons.Material.Outlined.MonitorHeart, null),
        new("Search", "search", Icons.Material.Outlined.ManageSearch, AclResources.Account)
        {
            Others = [(AclResources.Group, Right.Read), (AclResources.StorageData, Right.Read)],
        },
        new("Players", "players", Icons.Material.Outlined.Group, AclResources.Account, "Game"),
        new("Groups", "groups", Icons.Material.Outlined.Groups, AclResources.Group, "Game"),
        new("Storage", "storage", Icons.Material.Outlined.Storage, AclResources.StorageData, "Game"),
        new("Leaderboards", "leaderboards", Icons.Material.Outlined.Leaderboard, AclResources.Leaderboard, "Game"),
        new("Notifications", "notifications", Icons.Material.Outlined.Notifications, AclResources.Notification, "Game"),
        new("Payments", "payments", Icons.Material.Outlined.Payments, AclResources.InAppPurchase, "Game"),
        new("Chat messages", "chat", Icons.Material.Outlined.Forum, AclResources.ChannelMessage, "Game"),
        new("History", "history", Icons.Material.Outlined.ManageHistory, AclResources.Account, "Game")
        {
            Others = [(AclResources.AccountWallet, Right.Read), (AclResources.Group, Right.Read), (AclResources.StorageData, Right.Read)],
        },
        new("Sessions", "sessions", Icons.Material.Outlined.Sensors, AclResources.Account, "Live"),
        new("Matches", "matches", Icons.Material.Outlined.SportsEsports, AclResources.Match, "Live"),
        new("Matchmaker", "matchmaker", Icons.Material.Outlined.PersonSearch, AclResources.Match, "Live"),
        new("Parties", "parties", Icons.Material.Outlined.Celebration, AclResources.Match, "Live"),
        new("Streams", "streams", Icons.Material.Outlined.Stream, AclResources.Match, "Live"),
        new("Events", "events", Icons.Material.Outlined.Bolt, AclResources.Configuration, "Live"),
        new("Logs", "logs", Icons.Material.Outlined.Notes, AclResources.Configuration, "Live"),
        new("Runtime", "runtime", Icons.Material.Outlined.Code, AclResources.Configuration, "Development"),
        new("API explorer", "explorer", Icons.Material.Outlined.Api, AclResources.ApiExplorer, "Development"),
        new("Playground", "playground", Icons.Material.Outlined.VideogameAsset, AclResources.ApiExplorer, "Development", Right.Write),
        new("Users", "settings/users", Icons.Material.Outlined.ManageAccounts, AclResources.User, "Settings"),
        new("Permission templates", "settings/templates", Icons.Material.Outlined.Rule, AclResources.AclTemplate, "Settings"),
        new("General", "settings/general", Icons.Material.Outlined.Settings, AclResources.Settings, "Settings"),
        new("Configuration", "settings/configuration", Icons.Material.Outlined.Tune, AclResources.Configuration, "Settings"),
        new("Data", "settings/data", Icons.Material.Outlined.Dataset, AclResources.StorageDataImport, "Settings", Right.Write)
        {
            Others = [(AclResources.AllStorage, Right.Delete), (AclResources.AllAccounts, Right.Delete), (AclResources.AllData, Right.Delete)],
        },
        new("Audit log", "settings/audit", Icons.Material.Outlined.History, AclResources.AuditLog, "Settings"),
    ];

    /// <summary>Whether an operator may open it.</summary>
    public bool IsOpenTo(ConsoleToken? token) =>
        Needs is not { } needs || token?.Permits(needs, Right) == true || Others.Any(other => token?.Permits(other.Resource, other.Right) == true);
}
