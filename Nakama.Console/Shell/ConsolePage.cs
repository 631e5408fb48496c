using MudBlazor;
using Nakama.Protocol.Console;

namespace Nakama.Console.Shell;

/// <summary>A page that the navigation and the command palette offer.</summary>
/// <param name="Title">The title for operators.</param>
/// <param name="Path">The URL path.</param>
/// <param name="Icon">The icon as SVG.</param>
/// <param name="Needs">The resource that the operator must be able to read; null when every operator may open it.</param>
public sealed record ConsolePage(string Title, string Path, string Icon, AclResources? Needs)
{
    /// <summary>All pages, in the order of the navigation.</summary>
    public static readonly IReadOnlyList<ConsolePage> All =
    [
        new("Dashboard", "/", Icons.Material.Outlined.MonitorHeart, null),
        new("Players", "/players", Icons.Material.Outlined.Group, AclResources.Account),
        new("Groups", "/groups", Icons.Material.Outlined.Groups, AclResources.Group),
        new("Storage", "/storage", Icons.Material.Outlined.Storage, AclResources.StorageData),
        new("Leaderboards", "/leaderboards", Icons.Material.Outlined.Leaderboard, AclResources.Leaderboard),
        new("Notifications", "/notifications", Icons.Material.Outlined.Notifications, AclResources.Notification),
        new("Payments", "/payments", Icons.Material.Outlined.Payments, AclResources.InAppPurchase),
        new("Chat messages", "/chat", Icons.Material.Outlined.Forum, AclResources.ChannelMessage),
        new("Configuration", "/settings/configuration", Icons.Material.Outlined.Tune, AclResources.Configuration),
    ];
}
