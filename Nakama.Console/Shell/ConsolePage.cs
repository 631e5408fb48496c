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
        new("Sessions", "/sessions", Icons.Material.Outlined.Sensors, AclResources.Account),
        new("Matches", "/matches", Icons.Material.Outlined.SportsEsports, AclResources.Match),
        new("Matchmaker", "/matchmaker", Icons.Material.Outlined.Groups, AclResources.Match),
        new("Parties", "/parties", Icons.Material.Outlined.Celebration, AclResources.Match),
        new("Streams", "/streams", Icons.Material.Outlined.Stream, AclResources.Match),
        new("Runtime", "/runtime", Icons.Material.Outlined.Code, AclResources.Configuration),
        new("Events", "/events", Icons.Material.Outlined.Bolt, AclResources.Configuration),
        new("Logs", "/logs", Icons.Material.Outlined.Notes, AclResources.Configuration),
        new("Configuration", "/settings/configuration", Icons.Material.Outlined.Tune, AclResources.Configuration),
    ];
}
